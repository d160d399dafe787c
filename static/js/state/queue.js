/** Reduces what waits for the answer of the open conversation to be complete, in the order in which it was sent. */

import { headId, pendingHere, runningGeneration } from "./view.js";

export function reduceQueue(state, event) {
  switch (event.type) {
    case "conversation.snapshot":
      return event.conversation.id === state.conversation?.id ? { ...state, queued: event.queued ?? [] } : state;
    case "message.queued":
      return event.queued.conversation_id === state.conversation?.id ? queued(state, event.queued) : state;
    case "message.unqueued":
      return { ...state, queued: state.queued.filter(({ id }) => id !== event.queued_id) };
    case "page.opening":
    case "page.new":
    case "page.lost":
      return { ...state, queued: [] };
    default:
      return state;
  }
}

/** Told again, it has other words or another place to follow. */
function queued(state, item) {
  const index = state.queued.findIndex(({ id }) => id === item.id);
  return { ...state, queued: index < 0 ? [...state.queued, item] : state.queued.with(index, item) };
}

/** Whether what is sent now waits for an answer. */
export const isQueueing = (state) => runningGeneration(state) !== null || state.queued.length > 0;

/** What is on its way into the queue. */
export const queuing = (state) => pendingHere(state).filter(({ kind }) => kind === "queue");

/** Why the first of the queue does not go out by itself: stopped, failed or interrupted; null while it may. */
export function whyQueueWaits(state) {
  const head = headId(state);
  const status = state.messages.find(({ id }) => id === head)?.generation?.status;
  return ["stopped", "failed", "interrupted"].includes(status) ? status : null;
}
