/** What is said of a model: its health in words, what it can do, and whether a search means it. */

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

/** Its abilities as far as they are known, the size of its context first. */
export function abilitiesOf({ context_size, capabilities }) {
  const words = (capabilities ?? []).map((name) => strings.models.capabilities[name] ?? name);
  return context_size ? [strings.models.context(context_size), ...words] : words;
}

export const isSame = (one, other) => one.connection_id === other.connection_id && one.model_id === other.model_id;

/** A test of models: every word of the search is somewhere in name, connection or abilities, whatever its case and accents. */
export function matching(search) {
  const words = folded(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (model) => {
    const text = folded([model.label, model.model_id, model.connection, ...abilitiesOf(model)].join(" "));
    return words.every((word) => text.includes(word));
  };
}

/** Text for comparing. */
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
