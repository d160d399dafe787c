/** Fits a snapshot to what the page has: the texts of its messages, and the pages before them. */

import { through } from "./branch.js";

/** Whether the text from this position on follows what the page has. */
export const follows = (state, { generation_id, from }) => from === 0 || state.running[generation_id]?.position === from;

export const readOf = ({ generation_id, message_id, position }) => [generation_id, { messageId: message_id, position }];

/** The messages that the page has before the first one of a snapshot. */
export function earlierThan(state, first) {
  if (!first?.parent_id || state.conversation?.id !== first.conversation_id) return [];
  if (!state.messages.some(({ id }) => id === first.parent_id)) return [];
  return through(state.messages, first.parent_id);
}

/** From position 0 the parts follow the stored text; from a later one they follow what the page has. */
export function merged(known, message, running) {
  const base = running?.from > 0 ? known : message;
  const text = { content: base.content, reasoning: base.reasoning };
  for (const part of running?.parts ?? []) text[part.kind] = (text[part.kind] ?? "") + part.text;
  const result = { ...message, content: text.content, reasoning: text.reasoning };
  result.generation = sameRun(known?.generation, message.generation);
  if (known?.key) result.key = known.key;
  return known && same(known, result) ? known : result;
}

/** What this page has seen of a generation's end by itself (`live`) stays with it. */
export function sameRun(known, generation) {
  return known?.live && known.id === generation?.id ? { ...generation, live: true } : generation;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
