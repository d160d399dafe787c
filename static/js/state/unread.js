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
      return state.unread.includes(event.conversation_id) ? without(state, event.conversation_id) : state;
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

const without = (state, id) => ({ ...state, unread: state.unread.filter((other) => other !== id) });
