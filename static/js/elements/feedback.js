/** Thumbs up and down for an answer; what opens then asks why. */

import { ask, iconButton } from "../page/dom.js";
import { panels } from "../page/later.js";
import { strings } from "../page/strings.js";

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
  if (!isGiven) panels.use(({ openNote }) => openNote(button, message, rating));
}
