/** The dialog for how the reader wants the page to be. Each change is stored at once, or told there and taken back. */

import { make } from "../page/dom.js";
import { isTouch } from "../page/keys.js";
import { isAllowed, isRefused, mayNotify } from "../page/notifications.js";
import { failureLine, openPanel } from "../page/panel.js";
import { panelStrings } from "../page/panel-strings.js";
import { choice, toggle } from "./choices.js";

const CHOICES = ["theme", "text_size", "send_key", "language"];

/** `keeping.prefer(changes)` promises to keep them. */
export function openPreferences({ preferences }, keeping) {
  const words = panelStrings.preferences;
  const failed = failureLine();
  const change = (name) => (value) => failed.tried(() => keeping.prefer({ [name]: value }));
  // Under a finger Enter makes a line, whatever is chosen for keyboards.
  const choices = CHOICES.filter((name) => name !== "send_key" || !isTouch());
  const chosen = choices.map((name) => choice(words[name], Object.entries(words.options[name]), preferences[name], change(name)));
  const refused = preferences.notifications && isRefused();
  const hint = make("p", { class: "switch__problem", role: "status", textContent: refused ? words.notificationsRefused : "" });
  const notify = async (on) => {
    const allowed = !on || (await mayNotify());
    hint.textContent = allowed ? "" : words.notificationsRefused;
    return allowed && change("notifications")(on);
  };
  const notifications = toggle(words.notifications, preferences.notifications && isAllowed(), notify, words.notificationsHint);
  const shortcuts = toggle(words.shortcuts, preferences.shortcuts, change("shortcuts"));
  const content = make("div", { class: "panel__body" }, ...chosen, shortcuts, notifications, hint, failed.element);
  openPanel(words.title, "panel--preferences", content);
}
