/** Thumbs up and down for an answer; what opens then asks why. */

import { ask, iconButton } from "../page/dom.js";
import { panels } from "../page/later.js";
import { strings } from "../page/strings.js";

/** The two buttons, pressed as the answer is rated, with the note as a hint. A press on the pressed one takes the rating back. */
export function feedbackOf(message) {
  return ["up", "down"].map((rating) => {
    const isGiven = message.feedback?.rating === rating;
    const label = strings.feedback[rating];
    const button = iconButton(`thumb-${rating}`, label, () => rate(button, message, rating));
    button.classList.add("message-bar__wide");
    button.setAttribute("aria-pressed", String(isGiven));
    if (isGiven && message.feedback.note) button.title = `${label}: ${message.feedback.note}`;
    button.dataset.way = rating;
    return button;
  });
}

/** Rates, and asks for a note once that is kept; an answer that is rated so already is not rated any more. */
export function rate(button, message, rating) {
  const isGiven = message.feedback?.rating === rating;
  const host = button.closest(".message");
  const done = () => panels.use(({ openNote }) => {
    const now = host.querySelector(`[data-way="${button.dataset.way}"]`);
    if (now && isStillHere(host)) openNote(now, message, rating);
  });
  ask(button, "rate", { message, rating: isGiven ? null : rating, note: "", done: isGiven ? null : done });
}

/** Who has gone on to something else while the rating was on its way is not called back. */
const isStillHere = (host) => document.activeElement === document.body || host.contains(document.activeElement);
