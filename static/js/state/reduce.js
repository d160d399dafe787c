/**
 * `reduce(state, event)`: the one place where the page's state changes, without side effects.
 *
 * Events of the wire keep their names (docs/protocol.md); those of the page itself are `page.*`.
 */

import { reduceConversation } from "./conversation.js";
import { reduceList } from "./list.js";
import { reduceOutbox } from "./outbox.js";

/**
 * What the page shows at first. `link` is the socket: connecting, open, waiting, draining, offline or ended. `place` counts
 * how often the page has gone elsewhere: what was sent from one place is not shown in another.
 */
export function initialState({ user, conversation, messages, has_older, list }) {
  return {
    user,
    place: 0,
    link: { status: "connecting" },
    conversation,
    messages,
    hasOlder: has_older,
    running: {},
    opening: null,
    stale: false,
    outbox: [],
    returned: [],
    stopping: {},
    notice: null,
    models: null,
    list: { items: list.items, nextCursor: list.next_cursor, loading: false },
    busy: {},
    quiet: {},
  };
}

export function reduce(state, event) {
  const conversation = reduceConversation(state, event);
  const list = reduceList(conversation, event);
  const outbox = reduceOutbox(list, event);
  return reduceLink(outbox, event);
}

function reduceLink(state, event) {
  switch (event.type) {
    case "page.link":
      return { ...state, link: event.link };
    case "page.models":
      return { ...state, models: event.models };
    case "page.notice":
      return { ...state, notice: event.notice };
    default:
      return state;
  }
}
