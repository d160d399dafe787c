/** Reduces the open conversation: its visible branch, oldest first, and the generations that write in it. */

import { append, ended, started } from "./generation.js";
import { pendingHere } from "./view.js";

export function reduceConversation(state, event) {
  switch (event.type) {
    case "conversation.snapshot":
      return snapshot(state, event);
    case "message.created":
    case "message.updated":
      return placed(state, event);
    case "generation.started":
      return started(state, event);
    case "generation.delta":
      return append(state, event);
    case "generation.ended":
      return ended(state, event);
    case "conversation.updated":
      return updated(state, event.conversation);
    case "page.opening":
      return { ...empty(state), opening: event.conversationId };
    case "page.new":
    case "page.lost":
      return empty(state);
    case "page.older":
      return older(state, event);
    default:
      return state;
  }
}

function empty(state) {
  const nothing = { conversation: null, messages: [], hasOlder: false, running: {}, opening: null, stale: false, notice: null };
  return { ...state, ...nothing, place: state.place + 1 };
}

/** A snapshot is the truth for its messages; pages that were loaded before them stay. */
function snapshot(state, event) {
  const id = event.conversation.id;
  if (id !== state.conversation?.id && id !== state.opening) return state;
  if (!event.generations.every((running) => follows(state, running))) return { ...state, stale: true };
  const texts = new Map(event.generations.map((running) => [running.message_id, running]));
  const known = new Map(state.messages.map((message) => [message.id, message]));
  const messages = event.messages.map((message) => merged(known.get(message.id), message, texts.get(message.id)));
  const earlier = earlierThan(state, messages[0]);
  return {
    ...state,
    conversation: event.conversation,
    messages: [...earlier, ...messages],
    hasOlder: earlier.length ? state.hasOlder : event.has_older,
    running: Object.fromEntries(event.generations.map(readOf)),
    opening: null,
    stale: false,
  };
}

/** Whether the text from this position on follows what the page has. */
const follows = (state, { generation_id, from }) => from === 0 || state.running[generation_id]?.position === from;

const readOf = ({ generation_id, message_id, position }) => [generation_id, { messageId: message_id, position }];

function earlierThan(state, first) {
  if (!first?.parent_id || state.conversation?.id !== first.conversation_id) return [];
  const parent = state.messages.findIndex((message) => message.id === first.parent_id);
  return state.messages.slice(0, parent + 1);
}

/** From position 0 the parts follow the stored text; from a later one they follow what the page has. */
function merged(known, message, running) {
  const base = running?.from > 0 ? known : message;
  const text = { content: base.content, reasoning: base.reasoning };
  for (const part of running?.parts ?? []) text[part.kind] = (text[part.kind] ?? "") + part.text;
  const result = { ...message, content: text.content, reasoning: text.reasoning };
  if (known?.key) result.key = known.key;
  return known && same(known, result) ? known : result;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** A message takes its place after its parent; what followed the parent before is another branch. */
function placed(state, event) {
  const { message, conversation, client_id } = event;
  const own = client_id && pendingHere(state).some((pending) => pending.clientId === client_id);
  const begun = !state.conversation && !state.opening && own ? { ...state, conversation } : state;
  if (message.conversation_id !== begun.conversation?.id) return state;
  const index = begun.messages.findIndex((other) => other.id === message.id);
  if (index >= 0) return { ...begun, conversation, messages: begun.messages.with(index, retold(begun.messages[index], event)) };
  const parent = begun.messages.findIndex((other) => other.id === message.parent_id);
  if (parent < 0 && message.parent_id) return { ...begun, conversation, stale: true };
  const placedMessage = own ? { ...message, key: client_id } : message;
  return withBranch({ ...begun, conversation }, [...begun.messages.slice(0, parent + 1), placedMessage]);
}

/** A creation that is told again, after an interruption, knows less of the text than the page. */
function retold(known, { type, message }) {
  if (type === "message.created") return { ...known, siblings: message.siblings };
  return { ...message, key: known.key };
}

/** What writes in messages that are not visible any more is not read on. */
function withBranch(state, messages) {
  const visible = new Set(messages.map(({ id }) => id));
  const running = Object.entries(state.running).filter(([, { messageId }]) => visible.has(messageId));
  return { ...state, messages, running: Object.fromEntries(running) };
}

/** Another tab may have moved the head to a branch that this page does not show. */
function updated(state, conversation) {
  if (conversation.id !== state.conversation?.id) return state;
  const shown = !conversation.head_id || state.messages.some((message) => message.id === conversation.head_id);
  return { ...state, conversation, stale: state.stale || !shown };
}

function older(state, { conversationId, before, messages, hasOlder }) {
  if (conversationId !== state.conversation?.id || state.messages[0]?.id !== before) return state;
  return { ...state, messages: [...messages, ...state.messages], hasOlder };
}
