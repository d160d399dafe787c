/** What the composer says below the text, and what its buttons are called. */

import { isQueueing } from "../state/queue.js";
import { pendingHere, runningGenerations } from "../state/view.js";
import { isTouch } from "./keys.js";
import { lengthLeft, lengthProblem } from "./limits.js";
import { strings } from "./strings.js";

/** `{words, isProblem}`: what hinders the message from being sent, else what there is to know about it. `isAsked`: it was to be sent. */
export function composerNote(state, text, modelProblem, isAsked) {
  const problem = lengthProblem(text) ?? modelProblem;
  if (problem) return { words: problem, isProblem: true };
  const left = lengthLeft(text);
  if (left !== null) return { words: strings.composer.left(left), isProblem: false };
  return { words: text.trim() === "" ? "" : whyNotYet(state, isAsked), isProblem: false };
}

/** What is confirmed in a moment is told only to who would not wait. */
function whyNotYet(state, isAsked) {
  if (state.temporary && runningGenerations(state).length > 0) return strings.composer.temporaryRuns;
  return pendingHere(state).length > 0 && (isAsked || state.link.status !== "open") ? strings.composer.underWay : "";
}

export function sendLabel(state, text) {
  if (text.trim() === "") return strings.composer.nothing;
  if (isQueueing(state)) return strings.composer.queue;
  if (isTouch()) return strings.composer.send;
  return state.preferences?.send_key === "ctrl_enter" ? strings.composer.sendByCtrlEnter : strings.composer.sendByEnter;
}

/** The page says that it is stopped once it is: until then the button waits. */
export function isStopping(state) {
  const running = runningGenerations(state);
  return running.length > 0 && running.every((generationId) => generationId in state.stopping);
}
