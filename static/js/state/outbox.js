/** Reduces what was sent and is not confirmed yet: shown at once, taken back when it is refused. */

export function reduceOutbox(state, event) {
  switch (event.type) {
    case "page.sent":
      return { ...state, outbox: [...state.outbox, event.pending], notice: null };
    case "message.created":
    case "generation.started":
    case "generation.ended":
      return confirmed(state, event.client_id ?? event.request_id);
    case "error":
      return refused(state, event);
    case "page.new":
    case "page.opening":
      return state.outbox.length ? { ...state, outbox: [] } : state;
    default:
      return state;
  }
}

function confirmed(state, clientId) {
  if (!clientId || !state.outbox.some((pending) => pending.clientId === clientId)) return state;
  return { ...state, outbox: state.outbox.filter((pending) => pending.clientId !== clientId) };
}

/** The text of a refused message goes back to where it was written (`returned`). */
function refused(state, event) {
  const pending = state.outbox.find(({ clientId }) => clientId === event.request_id);
  const rest = confirmed(state, event.request_id);
  const returned = pending?.kind === "send" ? pending.content : null;
  return { ...rest, opening: null, notice: { code: event.code, message: event.message, returned } };
}
