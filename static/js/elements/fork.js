/** Asks how much of a conversation is to go into a new one. */

import { ask, make } from "../page/dom.js";
import { openPopover } from "../page/popover.js";
import { panelStrings } from "../page/panel-strings.js";
import { strings } from "../page/strings.js";

const SCOPES = ["path", "branches", "all"];

export function openFork(button, message) {
  const host = button.closest(".message");
  const ways = SCOPES.map((scope) => {
    const { label, hint } = panelStrings.forkScopes[scope];
    const choose = () => {
      panel.hidePopover();
      ask(host, "fork", { message, scope });
    };
    return make(
      "button",
      { type: "button", class: "fork__way", on: { click: choose } },
      make("span", { class: "fork__label", textContent: label }),
      make("span", { class: "fork__hint", textContent: hint }),
    );
  });
  const title = make("p", { class: "fork__title", textContent: strings.fork });
  const panel = openPopover(button, [title, ...ways], { label: strings.fork, name: "fork", focus: () => ways[0].focus() });
}
