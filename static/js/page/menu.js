/** A small menu at a button; one at a time. */

import { icon, make } from "./dom.js";

/** Opens `ways`: [{icon, label, danger, choose}]. Arrows, Home and End move; Escape, Tab and a click outside close. */
export function openMenu(button, ways) {
  if (!button.isConnected) return; // what it belonged to has been drawn anew since the press
  const menu = make("div", { class: "menu", role: "menu", popover: "auto" }, ...ways.map((way) => entry(way)));
  button.closest("aside, header, main, section, dialog, body").append(menu);
  menu.addEventListener("keydown", (event) => move(menu, event));
  // Before the choice is carried out: a dialog that it opens returns the focus to the button, not into the menu that is gone.
  menu.addEventListener("click", (event) => event.target.closest("button") && menu.hidePopover(), { capture: true });
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    button.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    menu.remove();
  });
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  button.setAttribute("aria-expanded", "true");
  menu.firstElementChild.focus();
}

function entry({ icon: name, label, danger, choose }) {
  const className = danger ? "menu__way menu__way--danger" : "menu__way";
  return make("button", { type: "button", class: className, role: "menuitem", on: { click: choose } }, icon(name), label);
}

function place(menu, at) {
  const below = at.bottom + 4 + menu.offsetHeight <= innerHeight;
  menu.style.top = `${below ? at.bottom + 4 : at.top - 4 - menu.offsetHeight}px`;
  menu.style.left = `${Math.max(8, Math.min(at.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
}

function move(menu, event) {
  if (event.key === "Tab") return menu.hidePopover();
  const ways = [...menu.children];
  const at = ways.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return undefined;
  event.preventDefault();
  return ways.at(to % ways.length).focus();
}
