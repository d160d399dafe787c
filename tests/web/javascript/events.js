/** Frames as the server sends them, for tests of the reducer. */

export const CONVERSATION = {
  id: "c1", title: "Rivers", connection: null, model_id: "m", head_id: null,
  created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z", pinned_at: null, archived_at: null,
};

export const message = (id, parent_id, fields = {}) => ({
  id, parent_id, conversation_id: "c1", turn_id: id, role: "user", content: `text of ${id}`, reasoning: "",
  model_id: "", created_at: "2026-01-01T00:00:00Z", siblings: [id], generation: null, ...fields,
});

export const created = (given, fields = {}) => ({ type: "message.created", message: given, conversation: CONVERSATION, ...fields });

export const started = (generation_id, message_id) => ({
  type: "generation.started", generation_id, message_id, conversation_id: "c1", turn_id: "t", model_id: "m", connection: "here",
});

export const delta = (generation_id, from, text, kind = "content") => ({
  type: "generation.delta", generation_id, from, to: from + text.length, parts: [{ kind, text }],
});

export const ended = (generation_id, message_id, status = "completed") => ({
  type: "generation.ended", generation_id, message_id, conversation_id: "c1", status, position: 0, finish_reason: "stop",
  usage: { input_tokens: 1, output_tokens: 2 }, timings: { first_delta_ms: 1, duration_ms: 2 }, connection: "here", omitted_messages: 0,
});

export const snapshot = (messages, generations = [], has_older = false) => ({
  type: "conversation.snapshot", conversation: CONVERSATION, messages, generations, has_older,
});
