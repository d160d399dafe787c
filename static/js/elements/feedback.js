/** Thumbs up and down for an answer, and a note that says why. */

import { ask, iconButton, make } from "../page/dom.js";
import { isComposing } from "../page/keys.js";
import { openPopover } from "../page/popover.js";
import { strings } from "../page/strings.js";

/** As much as the server takes. */
const NOTE_LIMIT = 2000;

/** The two buttons, pressed as the answer is rated. A press on the pressed one takes the rating back. */
export function feedbackOf(message) {
  return ["up", "down"].map((rating) => {
    const isGiven = message.feedback?.rating === rating;
    const label = strings.feedback[rating];
    const button = iconButton(`thumb-${rating}`, label, () => rate(button, message, rating));
    button.classList.add("message-bar__wide");
    button.setAttribute("aria-pressed", String(isGiven));
    button.dataset.way = rating;
    return button;
  });
}

/** Rates, and asks for a note; an answer that is rated so already is not rated any more. */
export function rate(button, message, rating) {
  const isGiven = message.feedback?.rating === rating;
  ask(button, "rate", { message, rating: isGiven ? null : rating, note: "" });
  if (!isGiven) askNote(button, message, rating);
}

function askNote(button, message, rating) {
  const at = button.closest(".message");
  const note = make("textarea", { class: "note__text", rows: 3, maxLength: NOTE_LIMIT, placeholder: strings.feedback.noteHint, "aria-label": strings.feedback.note });
  const send = () => {
    if (note.value.trim()) ask(at, "rate", { message, rating, note: note.value.trim() });
    panel.hidePopover();
  };
  const save = make("button", { type: "button", class: "button button--primary button--small", textContent: strings.save, on: { click: send } });
  const thanks = make("p", { class: "note__words", textContent: strings.feedback.thanks });
  const panel = openPopover(button, [thanks, note, save], { label: strings.feedback.note, name: "note", focus: () => note.focus() });
  note.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isComposing(event)) send();
  });
}
