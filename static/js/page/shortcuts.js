/**
 * What the keyboard does from anywhere in the page: the one list of it, and the one listener.
 *
 * Letters go by the key's place (`code`), so that they work in every layout. Nothing happens while an input method composes, nor
 * behind a dialog; and nothing at all when the reader has switched shortcuts off, but for the list that tells of them.
 */

import { isComposing } from "./keys.js";

export const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** In the order of the list. `mod` is Ctrl, on a Mac Command; `always`: also when shortcuts are off. */
export const SHORTCUTS = [
  { name: "newConversation", mod: true, shift: true, code: "KeyO" },
  { name: "focusComposer", shift: true, code: "Escape" },
  { name: "stop", mod: true, code: "Period" },
  { name: "copyAnswer", mod: true, shift: true, code: "KeyC" },
  { name: "copyCode", mod: true, shift: true, code: "Semicolon" },
  { name: "toggleSidebar", mod: true, shift: true, code: "KeyS" },
  { name: "removeConversation", mod: true, shift: true, code: "Backspace" },
  { name: "preferences", mod: true, code: "Comma" },
  { name: "notices", code: "F8" },
  { name: "shortcuts", mod: true, code: "Slash", always: true },
];

/** The shortcut that these keys are, if any. */
export function shortcutOf(event, mac = isMac) {
  if (isComposing(event) || event.repeat || event.altKey || (mac ? event.ctrlKey : event.metaKey)) return null;
  const mod = mac ? event.metaKey : event.ctrlKey;
  return SHORTCUTS.find((one) => one.code === event.code && Boolean(one.mod) === mod && Boolean(one.shift) === event.shiftKey) ?? null;
}

/** `deeds` has a function for each name in the list; `isOn()` says whether the reader wants them. */
export function listenForShortcuts(deeds, isOn) {
  document.addEventListener("keydown", (event) => {
    const shortcut = event.defaultPrevented ? null : shortcutOf(event);
    if (!shortcut || !(shortcut.always || isOn()) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    deeds[shortcut.name]();
  });
}
