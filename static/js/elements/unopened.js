/** What stands in the place of a conversation that could not be opened. */

import { ask, make } from "../page/dom.js";
import { problem } from "../page/problem.js";
import { strings } from "../page/strings.js";

/** `failure`: {code, message}. */
export function unopened(failure) {
  const again = ({ currentTarget }) => ask(currentTarget, "reopen");
  return [
    make("h2", { class: "failure__title", textContent: strings.notLoadedTitle }),
    make("p", { class: "failure__words", textContent: problem(failure) }),
    make("button", { type: "button", class: "button", on: { click: again } }, strings.tryAgain),
  ];
}
