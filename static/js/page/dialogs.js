/** Asks in a dialog and answers with a promise. */

import { make } from "./dom.js";
import { strings } from "./strings.js";

/** A new title, or null. */
export async function askTitle(title) {
  const field = make("input", { name: "title", value: title, maxLength: 200, required: true, autocomplete: "off" });
  const label = make("label", { class: "field" }, make("span", { class: "field__label", textContent: strings.titleLabel }), field);
  const given = await open(strings.renameTitle, label, { yes: strings.save, kind: "primary" }, () => field.select());
  return given ? field.value.trim() || null : null;
}

/** Whether a conversation is really to be deleted. */
export function confirmRemoval(title) {
  const words = make("p", { class: "dialog__words", textContent: strings.removeWords(title) });
  return open(strings.removeTitle, words, { yes: strings.remove, kind: "danger" });
}

function open(title, content, { yes, kind }, begun = () => {}) {
  const heading = make("h2", { class: "dialog__title", id: "dialog-title", textContent: title });
  const no = make("button", { type: "button", class: "button", textContent: strings.cancel, on: { click: () => dialog.close() } });
  const ok = make("button", { type: "submit", class: `button button--${kind}`, textContent: yes });
  const form = make("form", { class: "dialog__form", method: "dialog" }, heading, content, make("div", { class: "dialog__ways" }, no, ok));
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "dialog-title" }, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    form.addEventListener("submit", () => (dialog.returnValue = "yes"));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
    begun();
  });
}
