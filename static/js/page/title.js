/** The tab's title and icon: which conversation, whether an answer is being written, and how many are unread. */

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

const titleOf = ({ conversation, temporary }) =>
  temporary ? strings.temporary.start : conversation ? conversation.title || strings.untitled : strings.newConversation;

/** Whether an answer is being written in any conversation that is listed. */
const isRunning = ({ busy, list }) => Object.keys(busy).length > 0 || list.items.some(({ running }) => running);

function markOf(state) {
  if (state.unread.length) return `(${state.unread.length}) `;
  return isRunning(state) ? "… " : "";
}

function signOf(state) {
  if (state.unread.length) return "unread";
  return isRunning(state) ? "running" : "quiet";
}
