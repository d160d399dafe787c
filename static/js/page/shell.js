/** Around the conversation: sidebar, preferences, shortcuts, title and notifications. */

import { followAppearance } from "./appearance.js";
import { deedsOf } from "./deeds.js";
import { panels } from "./later.js";
import { listenForShortcuts } from "./shortcuts.js";
import { Sidebar } from "./sidebar.js";
import { followTitle } from "./title.js";
import { followUnread } from "./unread.js";

/** `goTo(conversationId)` changes the page and its address, as links do. */
export function startShell({ store, controller, goTo }) {
  const sidebar = new Sidebar();
  const hear = (action, handle) => document.addEventListener(`scripta:${action}`, ({ detail }) => handle(detail));
  for (const action of ["rename", "pin", "remove"]) hear(action, (detail) => panels.use(({ Keeping }) => new Keeping(controller)[action](detail)));
  hear("reconnect", () => controller.reconnect());
  hear("toast", (detail) => document.querySelector("scripta-toasts").add(detail));

  const open = {
    preferences: () => panels.use(({ openPreferences, Keeping }) => openPreferences(store.state, new Keeping(controller))),
    shortcuts: () => panels.use(({ openShortcutList, Keeping }) => openShortcutList(store.state, new Keeping(controller))),
  };
  for (const [name, run] of Object.entries(open)) {
    for (const button of document.querySelectorAll(`[data-action="${name}"]`)) button.addEventListener("click", run);
  }
  const deeds = deedsOf({ state: () => store.state, newConversation: () => document.querySelector(".sidebar__new").click() });
  listenForShortcuts({ ...deeds, ...open, toggleSidebar: () => sidebar.toggle() }, () => store.state.preferences.shortcuts);

  followAppearance({ store });
  followTitle({ store });
  followUnread({ store });
  store.watch((event) => panels.here?.tellOfEnd(event, store, goTo));
}
