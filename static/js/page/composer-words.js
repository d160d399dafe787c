/** What the composer says below the text, and what its buttons are called. */

import { isQueueing } from "../state/queue.js";
import { pendingHere, runningGenerations } from "../state/view.js";
import { lengthLeft, lengthProblem } from "./limits.js";
import { strings } from "./strings.js";

/** `{words, isProblem}`: what hinders the message from being sent, else what there is to know about it. */
export function composerNote(state, text, modelProblem) {
  const problem = lengthProblem(text) ?? modelProblem;
  if (problem) return { words: problem, isProblem: true };
  const left = lengthLeft(text);
  if (left !== null) return { words: strings.composer.left(left), isProblem: false };
  return { words: text.trim() === "" ? "" : whyNotYet(state), isProblem: false };
}

function whyNotYet(state) {
  if (state.temporary && runningGenerations(state).length > 0) return strings.composer.temporaryRuns;
  return pendingHere(state).length > 0 && state.link.status !== "open" ? strings.composer.underWay : "";
}

export function sendLabel(state, text) {
  if (text.trim() === "") return strings.composer.nothing;
  if (isQueueing(state)) return strings.composer.queue;
  return state.preferences?.send_key === "ctrl_enter" ? strings.composer.sendByCtrlEnter : strings.composer.sendByEnter;
}

/** The page says that it is stopped once it is: until then the button waits. */
export function isStopping(state) {
  const running = runningGenerations(state);
  return running.length > 0 && running.every((generationId) => generationId in state.stopping);
}
