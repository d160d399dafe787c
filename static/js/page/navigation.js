/** The address bar follows the conversation; links to conversations change it without a new page. */

import { pageData } from "./data.js";
import { pendingHere, shownId } from "../state/view.js";
import { leaving } from "./leaving.js";

const CONVERSATION = /^\/c\/([0-9a-f-]{36})\/$/;

export const addressOf = (conversationId) => (conversationId ? `/c/${conversationId}/` : pageData.urls.home);

const conversationIn = (path) => CONVERSATION.exec(path)?.[1] ?? null;

/** The one way to another conversation, or with null to an empty page: asks where something would be lost, and changes the address. */
export function wayTo({ store, show }) {
  return (conversationId) =>
    leaving(store.state, () => {
      const address = addressOf(conversationId);
      if (address !== location.pathname) history.pushState(null, "", address);
      if (!isAt(store.state, conversationId)) show(conversationId);
    });
}

/** Follows links and the back button. `show(conversationId)` changes the page, `goTo(conversationId)` also the address. */
export function startNavigation({ store, show, goTo, isOnline }) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link?.matches(".skip-link")) {
      // An address of its own would open the conversation anew.
      event.preventDefault();
      document.querySelector(link.hash).focus();
    }
    if (!link || !isPlain(event) || !isConversation(link) || !isOnline()) return;
    event.preventDefault();
    goTo(conversationIn(link.pathname));
  });
  addEventListener("popstate", () => {
    const stay = () => history.pushState(null, "", pageData.urls.home);
    if (isOnline()) leaving(store.state, () => show(conversationIn(location.pathname)), stay);
    else location.reload();
  });
  store.subscribe((state) => followAddress(state));
}

/** A page whose first message is on its way is not the empty page any more. */
const isAt = (state, conversationId) => shownId(state) === conversationId && (conversationId !== null || pendingHere(state).length === 0);

const isPlain = (event) => event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

function isConversation(link) {
  if (link.origin !== location.origin || link.target || link.hash) return false;
  return conversationIn(link.pathname) !== null || link.pathname === pageData.urls.home;
}

/** A new conversation gets its address once it exists; a temporary one has none. */
function followAddress(state) {
  if (state.conversation && !state.temporary && !state.opening && location.pathname === pageData.urls.home) {
    history.replaceState(null, "", addressOf(state.conversation.id));
  }
}
