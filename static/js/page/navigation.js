/** The address bar and the title follow the conversation; links to conversations change it without a new page. */

import { pageData } from "./data.js";
import { pendingHere, shownId } from "../state/view.js";
import { strings } from "./strings.js";

const CONVERSATION = /^\/c\/([0-9a-f-]{36})\/$/;

export const addressOf = (conversationId) => (conversationId ? `/c/${conversationId}/` : pageData.urls.home);

const conversationIn = (path) => CONVERSATION.exec(path)?.[1] ?? null;

/** Follows links and the back button. `show(conversationId)` changes the page. */
export function startNavigation({ store, show, isOnline }) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !isPlain(event) || !isConversation(link) || !isOnline()) return;
    event.preventDefault();
    if (link.pathname !== location.pathname) history.pushState(null, "", link.pathname);
    if (!isAt(store.state, conversationIn(link.pathname))) show(conversationIn(link.pathname));
  });
  addEventListener("popstate", () => {
    if (isOnline()) show(conversationIn(location.pathname));
    else location.reload();
  });
  store.subscribe(followTitle);
  store.subscribe((state) => followAddress(state));
}

/** A page whose first message is on its way is not the empty page any more. */
const isAt = (state, conversationId) => shownId(state) === conversationId && (conversationId !== null || pendingHere(state).length === 0);

const isPlain = (event) => event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

function isConversation(link) {
  if (link.origin !== location.origin || link.target) return false;
  return conversationIn(link.pathname) !== null || link.pathname === pageData.urls.home;
}

function followTitle(state) {
  const title = state.conversation ? state.conversation.title || strings.untitled : strings.newConversation;
  const full = `${title} · ${strings.siteName}`;
  if (document.title !== full) document.title = full;
  const heading = document.querySelector(".topbar__title");
  if (heading.textContent !== title) heading.textContent = title;
}

/** A new conversation gets its address once it exists. */
function followAddress(state) {
  if (state.conversation && !state.opening && location.pathname === pageData.urls.home) {
    history.replaceState(null, "", addressOf(state.conversation.id));
  }
}
