/** Reduces the open conversation: its visible branch, oldest first, and the generations that write in it. */

import { isAtEnd, placeAmongMates, through } from "./branch.js";
import { append, ended, started } from "./generation.js";
import { earlierThan, follows, merged, readOf, sameRun } from "./snapshot.js";
import { pendingHere } from "./view.js";

export function reduceConversation(state, event) {
  switch (event.type) {
    case "conversation.snapshot":
      return snapshot(state, event);
    case "message.created":
      return placed(state, event);
    case "message.updated":
      return changed(state, event);
    case "page.saved":
      return reworded(state, event.message);
    case "message.deleted":
      return removed(state, event);
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
    case "page.unopened":
      return state.opening ? { ...state, failure: event.failure } : state;
    case "page.older.asked":
      return { ...state, older: "loading" };
    case "page.older.failed":
      return event.conversationId === state.conversation?.id ? { ...state, older: "failed" } : state;
    case "page.older":
      return older(state, event);
    default:
      return state;
  }
}

function empty(state) {
  const nothing = { conversation: null, messages: [], hasOlder: false, running: {}, opening: null, stale: false, notice: null };
  return { ...state, ...nothing, older: null, failure: null, place: state.place + 1 };
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
    failure: null,
    stale: false,
  };
}

/** A message takes its place after its parent; what followed the parent before is another branch. */
function placed(state, event) {
  const { message, conversation, client_id } = event;
  const own = client_id && pendingHere(state).some((pending) => pending.clientId === client_id);
  const begun = !state.conversation && !state.opening && own ? { ...state, conversation } : state;
  if (message.conversation_id !== begun.conversation?.id) return state;
  const told = { ...begun, conversation };
  const index = told.messages.findIndex((other) => other.id === message.id);
  // Told again, after an interruption, it knows less of the text than the page.
  if (index >= 0) return { ...told, messages: told.messages.with(index, { ...told.messages[index], siblings: message.siblings }) };
  const place = placeAmongMates(told.messages, message);
  if (place >= 0) return { ...told, messages: told.messages.toSpliced(place, 0, message) };
  if (message.parent_id && !told.messages.some((other) => other.id === message.parent_id)) return { ...told, stale: true };
  const placedMessage = own ? { ...message, key: client_id } : message;
  return withBranch(told, [...through(told.messages, message.parent_id), placedMessage]);
}

/** Of a message that came back and is another version, or a column, of one that is shown, the page has to ask. */
function changed(state, { message, conversation }) {
  const next = updated(reworded(state, message), conversation);
  const { id, parent_id, role } = message;
  const isShown = next.messages.some((other) => other.id === id);
  const isBeside = next.messages.some((other) => other.parent_id === parent_id && other.role === role);
  return isBeside && !isShown ? { ...next, stale: true } : next;
}

/** Other words, a rating: but the text of what is being written is the page's own. */
function reworded(state, message) {
  const index = state.messages.findIndex((other) => other.id === message.id);
  if (index < 0) return state;
  const known = state.messages[index];
  const isRunning = Object.values(state.running).some(({ messageId }) => messageId === message.id);
  const next = { ...message, generation: sameRun(known.generation, message.generation) };
  if (isRunning) Object.assign(next, { content: known.content, reasoning: known.reasoning });
  if (known.key) next.key = known.key;
  return { ...state, messages: state.messages.with(index, next) };
}

/** What followed a deleted message is deleted too. What it was a version of shows another count: that is asked for. */
function removed(state, { message_ids, conversation }) {
  if (conversation.id !== state.conversation?.id) return state;
  const gone = new Set(message_ids);
  const left = state.messages.filter(({ id }) => !gone.has(id));
  const isCounted = left.some(({ siblings }) => siblings.some((id) => gone.has(id)));
  const rest = updated(withBranch(state, left), conversation);
  return isCounted ? { ...rest, stale: true } : rest;
}

/** What writes in messages that are not visible any more is not read on. */
function withBranch(state, messages) {
  const visible = new Set(messages.map(({ id }) => id));
  const running = Object.entries(state.running).filter(([, { messageId }]) => visible.has(messageId));
  return { ...state, messages, running: Object.fromEntries(running) };
}

/** Another tab may have moved the head to a branch that this page does not show, or shows more of. */
function updated(state, conversation) {
  if (conversation.id !== state.conversation?.id) return state;
  const isShown = !conversation.head_id || isAtEnd(state.messages, conversation.head_id);
  return { ...state, conversation, stale: state.stale || !isShown };
}

function older(state, { conversationId, before, messages, hasOlder }) {
  if (conversationId !== state.conversation?.id) return state;
  // What it was to stand before is not the first any more: whoever is still near the top asks anew.
  if (state.messages[0]?.id !== before) return { ...state, older: null };
  return { ...state, messages: [...messages, ...state.messages], hasOlder, older: null };
}
