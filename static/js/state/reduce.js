/**
 * `reduce(state, event)`: the one place where the page's state changes, without side effects.
 *
 * Events of the wire keep their names (docs/protocol.md); those of the page itself are `page.*`.
 */

import { reduceConversation } from "./conversation.js";
import { reduceDrafts } from "./drafts.js";
import { reduceList } from "./list.js";
import { reduceOutbox } from "./outbox.js";
import { reducePreferences } from "./preferences.js";
import { reduceQueue } from "./queue.js";
import { reduceSettings, settingsOf } from "./settings.js";
import { reduceTemporary } from "./temporary.js";
import { reduceUnread } from "./unread.js";

/**
 * What the page shows at first. `older` are the earlier messages when they are asked for: loading or failed; `failure` is why a
 * conversation could not be opened. `link` is the socket: connecting, open, waiting, draining, offline or ended. `place` counts
 * how often the page has gone elsewhere: what was sent from one place is not shown in another. `models` are null until they are
 * listed, `unlisted` while that has failed and is tried again.
 */
export function initialState({ user, conversation, messages, has_older, list, preferences }) {
  return {
    user,
    preferences,
    place: 0,
    link: { status: "connecting" },
    conversation,
    messages,
    hasOlder: has_older,
    running: {},
    opening: null,
    stale: false,
    older: null,
    failure: null,
    outbox: [],
    queued: [],
    drafts: {},
    settings: settingsOf(conversation),
    temporary: false,
    returned: [],
    stopping: {},
    notice: null,
    models: null,
    unlisted: false,
    list: { items: list.items, nextCursor: list.next_cursor, loading: false, failed: false },
    busy: {},
    quiet: {},
    unread: [],
    visible: !document.hidden,
  };
}

const PARTS = [reduceConversation, reduceList, reduceOutbox, reduceQueue, reduceDrafts, reduceSettings, reduceTemporary, reduceLink, reducePreferences, reduceUnread];

export function reduce(state, event) {
  return PARTS.reduce((next, part) => part(next, event), state);
}

function reduceLink(state, event) {
  switch (event.type) {
    case "page.link":
      return { ...state, link: event.link };
    case "page.models":
      return { ...state, models: event.models ?? state.models, unlisted: event.again ?? false };
    case "page.notice":
      return { ...state, notice: event.notice };
    default:
      return state;
  }
}
