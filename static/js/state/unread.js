/**
 * Reduces what the reader has not seen: `unread` are the ids of conversations whose answer ended while they were not shown, or
 * while nobody looked at the page (`visible`).
 */

import { shownId } from "./view.js";

export function reduceUnread(state, event) {
  const next = noted(state, event);
  const here = next.visible ? shownId(next) : null;
  return here && next.unread.includes(here) ? without(next, here) : next;
}

function noted(state, event) {
  switch (event.type) {
    case "generation.ended":
      return ended(state, event);
    case "conversation.deleted":
      return without(state, event.conversation_id);
    case "page.lost":
      return without(state, event.conversationId);
    case "page.list":
      return state.list.nextCursor === null ? onlyListed(state) : state;
    case "page.visible":
      return { ...state, visible: event.visible };
    case "page.unread":
      return { ...state, unread: event.unread };
    default:
      return state;
  }
}

/** Whoever stopped an answer was there. */
function ended(state, { status, conversation_id }) {
  const isListed = state.list.items.some(({ id }) => id === conversation_id);
  if (status === "stopped" || !isListed || state.unread.includes(conversation_id)) return state;
  return { ...state, unread: [...state.unread, conversation_id] };
}

const without = (state, id) => (state.unread.includes(id) ? { ...state, unread: state.unread.filter((other) => other !== id) } : state);

const listed = ({ unread, list }) => unread.filter((id) => list.items.some((item) => item.id === id));

/** The list is all here: what is not in it is not there any more. */
function onlyListed(state) {
  const unread = listed(state);
  return unread.length < state.unread.length ? { ...state, unread } : state;
}

/** How many can be found in the list: what another tab has kept of those that are gone counts for nothing. */
export const unreadCount = (state) => listed(state).length;
