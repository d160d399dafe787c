/** Reduces the generations that write in the visible branch. */

function change(state, messageId, changed) {
  const index = state.messages.findIndex((message) => message.id === messageId);
  if (index < 0) return state;
  return { ...state, messages: state.messages.with(index, changed(state.messages[index])) };
}

/** A generation begins, on a new message or, to go on, on one that has text. */
export function started(state, event) {
  const generation = { id: event.generation_id, status: "running", model_id: event.model_id, connection: event.connection };
  const visible = change(state, event.message_id, (message) => ({ ...message, generation }));
  if (visible === state) return state;
  return { ...visible, running: { ...visible.running, [event.generation_id]: event.message_id } };
}

/** Text arrives. */
export function append(state, event) {
  const messageId = state.running[event.generation_id];
  if (!messageId) return state;
  return change(state, messageId, (message) => {
    const grown = { ...message };
    for (const part of event.parts) grown[part.kind] = (grown[part.kind] ?? "") + part.text;
    return grown;
  });
}

/** The one end of a generation. */
export function ended(state, event) {
  const { [event.generation_id]: gone, ...running } = state.running;
  const rest = gone ? { ...state, running } : state;
  return change(rest, event.message_id, (message) => ({
    ...message,
    generation: {
      ...message.generation,
      id: event.generation_id,
      status: event.status,
      finish_reason: event.finish_reason,
      connection: event.connection,
      usage: event.usage,
      timings: event.timings,
      omitted_messages: event.omitted_messages,
      error: event.error ?? null,
      live: true,
    },
  }));
}
