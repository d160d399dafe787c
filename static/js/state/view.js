/** What the state means for the eye. */

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
  if (pending.kind === "continue") return messages;
  const parent = messages.findIndex((message) => message.id === pending.parentId);
  const kept = pending.parentId === null ? [] : parent < 0 ? messages : messages.slice(0, parent + 1);
  const message = {
    id: pending.clientId,
    key: pending.clientId,
    role: pending.kind === "retry" ? "assistant" : "user",
    content: pending.content ?? "",
    reasoning: "",
    model_id: "",
    siblings: [],
    generation: null,
    pending: true,
  };
  return [...kept, message];
}

/** The generation that Stop would stop: the last one that runs in the visible branch. */
export function runningGeneration(state) {
  return Object.keys(state.running).at(-1) ?? null;
}

/** Whether a message may be sent now. */
export function mayWrite(state) {
  return pendingHere(state).length === 0 && !state.opening && runningGeneration(state) === null;
}

/** The last message of the visible branch: what a message sent now follows. */
export function headId(state) {
  return state.messages.at(-1)?.id ?? null;
}
