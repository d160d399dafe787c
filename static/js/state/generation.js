/** Reduces the generations that write in the visible branch: `running` has the message and the read position of each. */

/** As many positions as `conversation.open` may carry. */
const LIMIT = 64;

/** How far this page has read what runs: of texts that it shows, no others. A position is opaque, the last `to`. */
export function positions({ running }) {
  return Object.fromEntries(Object.entries(running).slice(-LIMIT).map(([id, { position }]) => [id, position]));
}

function change(state, messageId, changed) {
  const index = state.messages.findIndex((message) => message.id === messageId);
  if (index < 0) return state;
  return { ...state, messages: state.messages.with(index, changed(state.messages[index])) };
}

/** A generation begins, on a new message or, to go on, on one that has text. Told again, it changes nothing. */
export function started(state, event) {
  const id = event.generation_id;
  const message = state.messages.find((other) => other.id === event.message_id);
  const isOver = message?.generation?.id === id && message.generation.status !== "running";
  if (!message || isOver || id in state.running) return state;
  const generation = { id, status: "running", model_id: event.model_id, connection: event.connection };
  const visible = change(state, message.id, (begun) => ({ ...begun, generation }));
  return { ...visible, running: { ...visible.running, [id]: { messageId: message.id, position: 0 } } };
}

/** Text arrives: it is appended where it belongs, or something before it is missing. What is not shown is left out. */
export function append(state, event) {
  const run = state.running[event.generation_id];
  if (!run) return state;
  if (run.position !== event.from) return { ...state, stale: true };
  const running = { ...state.running, [event.generation_id]: { ...run, position: event.to } };
  return change({ ...state, running }, run.messageId, (message) => {
    const grown = { ...message };
    for (const part of event.parts) grown[part.kind] = (grown[part.kind] ?? "") + part.text;
    return grown;
  });
}

/** The one end of a generation; when it comes before all of the text, the rest has to be asked for. */
export function ended(state, event) {
  const { [event.generation_id]: run, ...running } = state.running;
  const isWhole = !run || run.position === event.position;
  const rest = run ? { ...state, running, stale: state.stale || !isWhole } : state;
  return change(rest, event.message_id, (message) => {
    if (message.generation && message.generation.id !== event.generation_id) return message;
    return { ...message, generation: endOf(message.generation, event) };
  });
}

const endOf = (generation, event) => ({
  ...generation,
  id: event.generation_id,
  status: event.status,
  finish_reason: event.finish_reason,
  connection: event.connection,
  usage: event.usage,
  timings: event.timings,
  omitted_messages: event.omitted_messages,
  error: event.error ?? null,
  live: true,
});
