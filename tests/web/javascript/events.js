/** Frames as the server sends them, and what the reducer makes of them. */

import { initialState, reduce } from "/static/js/state/reduce.js";

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

/** A generation of text that runs in a snapshot: what was written from a position on. */
export const runs = (generation_id, message_id, from, text) => ({
  generation_id, message_id, from, position: from + text.length, parts: [{ kind: "content", text }],
});

export const delta = (generation_id, from, text, kind = "content") => ({
  type: "generation.delta", generation_id, from, to: from + text.length, parts: [{ kind, text }],
});

export const ended = (generation_id, message_id, status = "completed", position = 0) => ({
  type: "generation.ended", generation_id, message_id, conversation_id: "c1", status, position, finish_reason: "stop",
  usage: { input_tokens: 1, output_tokens: 2 }, timings: { first_delta_ms: 1, duration_ms: 2 }, connection: "here", omitted_messages: 0,
});

export const refused = (code, request_id) => ({ type: "error", code, message: "No.", request_id });

export const snapshot = (messages, generations = [], has_older = false) => ({
  type: "conversation.snapshot", conversation: CONVERSATION, messages, generations, has_older,
});

const EMPTY = { user: { id: "u", name: "anna" }, conversation: null, messages: [], has_older: false, list: { items: [], next_cursor: null } };

/** The state of a page that begins with these fields of its data. */
export const begin = (fields = {}) => initialState({ ...EMPTY, ...fields });

/** A page that shows these messages. */
export const open = (...messages) => begin({ conversation: CONVERSATION, messages });

/** The state after these events. */
export const after = (state, ...events) => events.reduce(reduce, state);

export const sent = (clientId, fields = {}) => ({ type: "page.sent", pending: { clientId, kind: "send", parentId: null, content: "Hello", ...fields } });
