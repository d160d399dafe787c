/** The dialog for how the reader wants the page to be. Each change is stored at once. */

import { ask, make } from "../page/dom.js";
import { mayNotify } from "../page/notifications.js";
import { openPanel } from "../page/panel.js";
import { panelStrings } from "../page/panel-strings.js";
import { choice, toggle } from "./choices.js";

const CHOICES = ["theme", "text_size", "send_key", "language"];

export function openPreferences({ preferences }) {
  const words = panelStrings.preferences;
  const change = (name) => (value) => ask(document.body, "preferences", { [name]: value });
  const chosen = CHOICES.map((name) => choice(words[name], Object.entries(words.options[name]), preferences[name], change(name)));
  const hint = make("p", { class: "switch__problem", role: "status" });
  const notify = async (on, input) => {
    const allowed = !on || (await mayNotify());
    hint.textContent = allowed ? "" : words.notificationsRefused;
    if (!allowed) input.checked = false;
    else change("notifications")(on);
  };
  const notifications = toggle(words.notifications, preferences.notifications, (on) => notify(on, notifications.querySelector("input")), words.notificationsHint);
  const shortcuts = toggle(words.shortcuts, preferences.shortcuts, change("shortcuts"));
  const content = make("div", { class: "panel__body" }, ...chosen, shortcuts, notifications, hint);
  openPanel(words.title, "panel--preferences", content);
}
