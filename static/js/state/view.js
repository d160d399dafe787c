/** What the state means for the eye. */

import { isAtEnd, through } from "./branch.js";

/** What is sent in these ways begins a branch below its `parentId`. */
const BRANCHING = new Set(["send", "edit", "retry"]);

/** The conversation that the page shows or is about to; null on the page of a new one. */
export function shownId(state) {
  return state.opening ?? state.conversation?.id ?? null;
}

/** The messages to show: the visible branch, changed as what was sent and is not confirmed yet will change it. */
export function visibleMessages(state) {
  return pendingHere(state).reduce(withPending, state.messages);
}

/** What was sent from where the page is and is not confirmed yet. */
export function pendingHere({ outbox, place }) {
  return outbox.filter((pending) => pending.place === place);
}

/** The texts of a kind that were refused and were written where the page is. */
export function returnedHere({ returned, place }, kind) {
  return returned.filter((item) => item.place === place && item.kind === kind);
}

function withPending(messages, pending) {
  const change = { save: { content: pending.content }, continue: { pending: true } }[pending.kind];
  if (change) return messages.map((message) => (message.id === pending.messageId ? { ...message, ...change } : message));
  if (!BRANCHING.has(pending.kind)) return messages;
  const message = {
    id: pending.clientId,
    key: pending.clientId,
    role: pending.kind === "retry" ? "assistant" : "user",
    content: pending.content ?? "",
    reasoning: "",
    model_id: pending.modelId ?? "",
    siblings: [],
    generation: null,
    pending: true,
  };
  return [...through(messages, pending.parentId), message];
}

/** The generations that run in the visible branch, oldest first: what Stop stops. */
export function runningGenerations(state) {
  return Object.keys(state.running);
}

/** The last of them, or null. */
export function runningGeneration(state) {
  return runningGenerations(state).at(-1) ?? null;
}

/** Whether a message may be sent now: while an answer runs it waits in the queue, which a temporary chat has not. */
export function maySend(state) {
  if (pendingHere(state).length > 0 || state.opening) return false;
  return !state.temporary || runningGeneration(state) === null;
}

/** What a message sent now follows: the head where it is part of the last turn, else the last message that is shown. */
export function headId({ messages, conversation }) {
  const head = conversation?.head_id;
  return head && isAtEnd(messages, head) ? head : (messages.at(-1)?.id ?? null);
}
