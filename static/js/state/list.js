/**
 * Reduces the sidebar: conversations by last activity, and which of them an answer is being written in.
 *
 * `busy` are the generations that events told of. Lists tell the others: an item's `running`, unless the end of an answer
 * was heard there (`quiet`), which may be later than the list. A page of it that could not be loaded (`failed`) is not asked
 * for again by itself.
 */

export function reduceList(state, event) {
  switch (event.type) {
    case "session.ready":
      return { ...state, busy: {}, quiet: {} };
    case "message.created":
    case "conversation.updated":
      return withItem(state, event.conversation);
    case "conversation.snapshot":
      return busyFrom(withoutMark(withItem(state, event.conversation), event.conversation.id), event);
    case "conversation.deleted":
      return withoutItem(state, event.conversation_id);
    case "generation.started":
      return begun(state, event);
    case "generation.ended":
      return ended(state, event);
    case "page.list.loading":
      return { ...state, list: { ...state.list, loading: true, failed: false } };
    case "page.list.failed":
      return isNext(state, event) ? { ...state, list: { ...state.list, loading: false, failed: true } } : state;
    case "page.list":
      return event.replace || isNext(state, event) ? loaded(state, event) : state;
    default:
      return state;
  }
}

function order(one, other) {
  if (Boolean(one.pinned_at) !== Boolean(other.pinned_at)) return one.pinned_at ? -1 : 1;
  if (one.updated_at !== other.updated_at) return Date.parse(one.updated_at) < Date.parse(other.updated_at) ? 1 : -1;
  return one.id < other.id ? 1 : -1;
}

/** A temporary conversation is in no list. */
function withItem(state, conversation) {
  if (conversation.temporary) return state;
  const known = state.list.items.find((item) => item.id === conversation.id);
  const others = state.list.items.filter((item) => item !== known);
  const item = { ...conversation, running: known?.running ?? false };
  const items = conversation.archived_at ? others : [...others, item].sort(order);
  return { ...state, list: { ...state.list, items } };
}

function withoutItem(state, id) {
  const items = state.list.items.filter((item) => item.id !== id);
  return { ...state, list: { ...state.list, items } };
}

/** Whether a page follows what is there, which may have been read anew meanwhile. */
const isNext = ({ list }, { after }) => after === list.nextCursor;

/** A page of the list follows what is there; a fresh first page replaces it, if it says anything else. */
function loaded(state, { items, nextCursor, replace }) {
  const known = new Set(replace ? [] : state.list.items.map((item) => item.id));
  const kept = replace ? [] : state.list.items;
  const marked = items.map((item) => (item.running && item.id in state.quiet ? { ...item, running: false } : item));
  const all = [...kept, ...marked.filter((item) => !known.has(item.id))];
  const list = { items: all, nextCursor, loading: false, failed: false };
  return JSON.stringify(list) === JSON.stringify(state.list) ? state : { ...state, list };
}

function busyFrom(state, event) {
  const others = Object.entries(state.busy).filter(([, id]) => id !== event.conversation.id);
  const running = event.generations.map(({ generation_id }) => [generation_id, event.conversation.id]);
  return { ...state, busy: Object.fromEntries([...others, ...running]) };
}

function begun(state, { generation_id, conversation_id }) {
  const { [conversation_id]: _, ...quiet } = state.quiet;
  return { ...state, quiet, busy: { ...state.busy, [generation_id]: conversation_id } };
}

function ended(state, { generation_id, conversation_id }) {
  const { [generation_id]: _, ...busy } = state.busy;
  return withoutMark({ ...state, busy, quiet: { ...state.quiet, [conversation_id]: true } }, conversation_id);
}

function withoutMark(state, conversationId) {
  if (!state.list.items.some((item) => item.id === conversationId && item.running)) return state;
  const items = state.list.items.map((item) => (item.id === conversationId ? { ...item, running: false } : item));
  return { ...state, list: { ...state.list, items } };
}
