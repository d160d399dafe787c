/** Asks in a dialog. */

import { make } from "./dom.js";
import { openPanel } from "./panel.js";
import { panelStrings } from "./panel-strings.js";
import { strings } from "./strings.js";

/** Promises a new title, or null. */
export function askTitle(title) {
  const field = make("input", { name: "title", value: title, maxLength: 200, required: true, autocomplete: "off", dir: "auto" });
  const label = make("label", { class: "field" }, make("span", { class: "field__label", textContent: panelStrings.titleLabel }), field);
  const no = make("button", { type: "button", class: "button", textContent: strings.cancel, on: { click: () => dialog.close() } });
  const yes = make("button", { type: "submit", class: "button button--primary", textContent: strings.save });
  const form = make("form", { class: "dialog__form", method: "dialog" }, label, make("div", { class: "dialog__ways" }, no, yes));
  const dialog = openPanel(panelStrings.renameTitle, "panel--question", form);
  field.select();
  return new Promise((resolve) => {
    form.addEventListener("submit", () => (dialog.returnValue = field.value.trim()));
    dialog.addEventListener("close", () => resolve(dialog.returnValue || null));
  });
}

/** Whether to leave a temporary chat: calls `go` or `stay`. */
export function askLeaving(go, stay) {
  const words = panelStrings.leaving;
  const no = make("button", { type: "button", class: "button", textContent: words.stay, on: { click: () => dialog.close() } });
  const yes = make("button", { type: "submit", class: "button button--danger", textContent: words.leave });
  const question = make("p", { class: "dialog__words", textContent: words.words });
  const form = make("form", { class: "dialog__form", method: "dialog" }, question, make("div", { class: "dialog__ways" }, no, yes));
  const dialog = openPanel(words.title, "panel--question", form);
  no.focus();
  form.addEventListener("submit", () => (dialog.returnValue = "leave"));
  dialog.addEventListener("close", () => (dialog.returnValue === "leave" ? go() : stay()));
}
