/** What is said of a model: its health in words, and which one it is. */

import { problem } from "./problem.js";
import { strings } from "./strings.js";

/** `{status, words}`: ok, failing or unknown. What cannot be picked is failing, with its reason. */
export function healthOf({ available, health, ...model }) {
  if (!available) return { status: "failing", words: noteOf(model) || strings.models.notAvailable };
  if (health?.status === "failing") return { status: "failing", words: strings.models.failing(problem(health), health.since) };
  if (health?.status === "ok") return { status: "ok", words: strings.models.ok };
  return { status: "unknown", words: strings.models.unknown };
}

/** Why it is not available, or what to expect of it, in the page's language; empty where there is nothing to say. */
export const noteOf = ({ note, note_code }) => problem({ code: note_code, message: note });

export const isSame = (one, other) => one.connection_id === other.connection_id && one.model_id === other.model_id;
