/** The tab's title and icon: which conversation, whether an answer is being written, and how many are unread. */

import { unreadCount } from "../state/unread.js";
import { pageData } from "./data.js";
import { strings } from "./strings.js";

export function followTitle({ store }) {
  const heading = document.querySelector(".topbar__title");
  const icon = document.querySelector('link[rel="icon"]');
  store.subscribe((state) => {
    const title = titleOf(state);
    if (heading.textContent !== title) heading.textContent = title;
    const full = `${markOf(state)}${title} · ${strings.siteName}`;
    if (document.title !== full) document.title = full;
    const href = pageData.urls.favicons?.[signOf(state)];
    if (href && icon.getAttribute("href") !== href) icon.setAttribute("href", href);
  });
}

/** A conversation that is being opened has the title that the list knows. */
export function titleOf({ conversation, opening, temporary, list }) {
  if (temporary) return strings.temporary.start;
  const shown = conversation ?? list.items.find(({ id }) => id === opening);
  if (shown) return shown.title || strings.untitled;
  return opening ? strings.loading : strings.newConversation;
}

/** Whether an answer is being written in any conversation that is listed. */
const isRunning = ({ busy, list }) => Object.keys(busy).length > 0 || list.items.some(({ running }) => running);

export function markOf(state) {
  const unread = unreadCount(state);
  if (unread > 0) return `(${unread}) `;
  return isRunning(state) ? "… " : "";
}

function signOf(state) {
  if (unreadCount(state) > 0) return "unread";
  return isRunning(state) ? "running" : "quiet";
}
