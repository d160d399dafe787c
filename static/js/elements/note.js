/** Asks why an answer is good or bad, once it has been rated. */

import { ask, make } from "../page/dom.js";
import { isComposing } from "../page/keys.js";
import { openPopover } from "../page/popover.js";
import { panelStrings } from "../page/panel-strings.js";
import { strings } from "../page/strings.js";

/** As much as the server takes. */
const NOTE_LIMIT = 2000;

/** What was typed, by answer and rating: closed by accident or not taken by the server, it is there again. */
const typed = new Map();

/** At the `button` that rated `message`. */
export function openNote(button, message, rating) {
  const at = button.closest(".message");
  const key = `${message.id} ${rating}`;
  const value = typed.get(key) ?? "";
  const note = make("textarea", { class: "note__text", value, rows: 3, dir: "auto", maxLength: NOTE_LIMIT, placeholder: panelStrings.note.hint, "aria-label": panelStrings.note.label });
  const send = () => {
    if (note.value.trim()) ask(at, "rate", { message, rating, note: note.value.trim() });
    panel.hidePopover();
  };
  const save = make("button", { type: "button", class: "button button--primary button--small", textContent: strings.save, on: { click: send } });
  const thanks = make("p", { class: "note__words", textContent: panelStrings.note.thanks });
  const panel = openPopover(button, [thanks, note, save], { label: panelStrings.note.label, name: "note", focus: () => note.focus() });
  note.addEventListener("input", () => typed.set(key, note.value));
  note.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isComposing(event)) send();
  });
}
