/** Asks before a temporary chat is left: what was written there is nowhere else. */

import { wouldLose } from "../state/temporary.js";
import { make } from "./dom.js";
import { openPanel } from "./panel.js";
import { strings } from "./strings.js";

const words = strings.temporary;

/** The browser itself asks where the page is closed or loaded anew, in its own words. */
export function guardLeaving(store) {
  addEventListener("beforeunload", (event) => {
    if (wouldLose(store.state)) event.preventDefault();
  });
}

/** Calls `go` at once where nothing is lost; else `go` or `stay`, as the person says. */
export function leaving(state, go, stay = () => {}) {
  if (!wouldLose(state)) return go();
  const no = make("button", { type: "button", class: "button", textContent: words.stay, on: { click: () => panel.close() } });
  const yes = make("button", { type: "submit", class: "button button--danger", textContent: words.leave });
  const question = make("p", { class: "dialog__words", textContent: words.leaveWords });
  const form = make("form", { class: "dialog__form", method: "dialog" }, question, make("div", { class: "dialog__ways" }, no, yes));
  const panel = openPanel(words.leaveTitle, "panel--question", form);
  no.focus();
  form.addEventListener("submit", () => (panel.returnValue = "leave"));
  return panel.addEventListener("close", () => (panel.returnValue === "leave" ? go() : stay()));
}
