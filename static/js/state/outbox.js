/** Reduces what was sent and is not confirmed yet: shown at once, taken back when it is refused. */

export function reduceOutbox(state, event) {
  switch (event.type) {
    case "page.sent":
      return { ...state, outbox: [...state.outbox, { ...event.pending, place: state.place }], notice: null };
    case "page.stopping":
      return { ...state, stopping: { ...state.stopping, [event.generationId]: event.requestId } };
    case "message.created":
    case "message.queued":
    case "page.saved":
    case "generation.started":
      return confirmed(state, event);
    case "generation.ended":
      return confirmed(withoutStop(state, ([generationId]) => generationId === event.generation_id), event);
    case "error":
      return refused(state, event);
    case "page.returned":
      return givenBack(state, event.item);
    case "page.returned.taken":
      return { ...without(state, event.item), notice: { code: event.item.code, message: event.item.message } };
    case "page.returned.discarded":
      return without(state, event.item);
    default:
      return state;
  }
}

function confirmed(state, event) {
  const clientId = event.client_id ?? event.queued?.client_id ?? event.request_id;
  if (!clientId || !state.outbox.some((pending) => pending.clientId === clientId)) return state;
  return { ...state, outbox: state.outbox.filter((pending) => pending.clientId !== clientId) };
}

/**
 * A refused text is never lost: it is `returned` until it is written somewhere again, or thrown away. What else was asked for is told
 * by live/refused-deeds.js.
 */
function refused(state, event) {
  const { code, message } = event;
  const pending = state.outbox.find(({ clientId }) => clientId === event.request_id);
  const rest = withoutStop(confirmed(state, event), ([, requestId]) => requestId === event.request_id);
  if (pending?.content) return { ...rest, returned: [...state.returned, { ...pending, code, message }] };
  return event.request_id ? rest : { ...rest, notice: { code, message } };
}

/** What was being written in a place that is gone. It goes back by itself only where its conversation is still shown. */
function givenBack(state, item) {
  const place = item.conversationId === state.conversation?.id ? state.place : null;
  return { ...state, returned: [...state.returned, { ...item, place }] };
}

function without(state, item) {
  return { ...state, returned: state.returned.filter(({ clientId }) => clientId !== item.clientId) };
}

function withoutStop(state, isGone) {
  const left = Object.entries(state.stopping).filter((entry) => !isGone(entry));
  if (left.length === Object.keys(state.stopping).length) return state;
  return { ...state, stopping: Object.fromEntries(left) };
}
