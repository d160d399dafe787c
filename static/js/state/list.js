/** Reduces the sidebar: conversations by last activity, and which of them an answer is being written in. */

export function reduceList(state, event) {
  switch (event.type) {
    case "message.created":
    case "conversation.updated":
      return withItem(state, event.conversation);
    case "conversation.snapshot":
      return busyFrom(withItem(state, event.conversation), event);
    case "conversation.deleted":
      return withoutItem(state, event.conversation_id);
    case "generation.started":
      return { ...state, busy: { ...state.busy, [event.generation_id]: event.conversation_id } };
    case "generation.ended":
      return ended(state, event);
    case "page.list.loading":
      return { ...state, list: { ...state.list, loading: event.loading } };
    case "page.list":
      return loaded(state, event);
    default:
      return state;
  }
}

function order(one, other) {
  if (Boolean(one.pinned_at) !== Boolean(other.pinned_at)) return one.pinned_at ? -1 : 1;
  if (one.updated_at !== other.updated_at) return Date.parse(one.updated_at) < Date.parse(other.updated_at) ? 1 : -1;
  return one.id < other.id ? 1 : -1;
}

function withItem(state, conversation) {
  const others = state.list.items.filter((item) => item.id !== conversation.id);
  const items = conversation.archived_at ? others : [...others, conversation].sort(order);
  return { ...state, list: { ...state.list, items } };
}

function withoutItem(state, id) {
  const items = state.list.items.filter((item) => item.id !== id);
  return { ...state, list: { ...state.list, items } };
}

/** A page of the list follows what is there; a fresh first page replaces it. */
function loaded(state, { items, nextCursor, replace }) {
  const known = new Set(replace ? [] : state.list.items.map((item) => item.id));
  const kept = replace ? [] : state.list.items;
  const all = [...kept, ...items.filter((item) => !known.has(item.id))];
  return { ...state, list: { items: all, nextCursor, loading: false } };
}

function busyFrom(state, event) {
  const others = Object.entries(state.busy).filter(([, id]) => id !== event.conversation.id);
  const running = event.generations.map(({ generation_id }) => [generation_id, event.conversation.id]);
  return { ...state, busy: Object.fromEntries([...others, ...running]) };
}

function ended(state, event) {
  if (!(event.generation_id in state.busy)) return state;
  const { [event.generation_id]: gone, ...busy } = state.busy;
  return { ...state, busy };
}
