/**
 * What the keyboard does from anywhere in the page: the one list of it, and the one listener.
 *
 * A key is what stands on it, in layouts of other letters its place (`code`): so they work in every layout, and none takes a key
 * that the browser has there. Nothing happens while an input method composes, nor behind a dialog; and nothing at all when the
 * reader has switched shortcuts off, but for the list that tells of them.
 */

import { isComposing, isLetter } from "./keys.js";

export const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** In the order of the list. `mod` is Ctrl, on a Mac Command; `signs` stand on the key; `always`: also when shortcuts are off. */
export const SHORTCUTS = [
  { name: "newConversation", mod: true, shift: true, code: "KeyO" },
  { name: "focusComposer", shift: true, code: "Escape" },
  { name: "stop", mod: true, code: "Period", signs: ["."] },
  { name: "copyAnswer", mod: true, shift: true, code: "KeyC" },
  { name: "copyCode", mod: true, shift: true, code: "Semicolon", signs: [";", ":"] },
  { name: "toggleSidebar", mod: true, shift: true, code: "KeyS" },
  { name: "removeConversation", mod: true, shift: true, code: "Backspace" },
  { name: "preferences", mod: true, code: "Comma", signs: [","] },
  { name: "notices", code: "F8" },
  { name: "shortcuts", mod: true, code: "Slash", signs: ["/"], always: true },
];

/** Letters, digits, and what the browser zooms with. */
const OTHERS = /^[\w+=-]$/;

/** The shortcut that these keys are, if any: by its place, else by its sign, which may need the shift key elsewhere. */
export function shortcutOf(event, mac = isMac) {
  if (isComposing(event) || event.repeat || event.altKey || (mac ? event.ctrlKey : event.metaKey)) return null;
  const mod = mac ? event.metaKey : event.ctrlKey;
  const held = SHORTCUTS.filter((one) => Boolean(one.mod) === mod && (event.shiftKey || !one.shift));
  const inPlace = held.find((one) => Boolean(one.shift) === event.shiftKey && isIts(one.code, event));
  return inPlace ?? held.find(({ signs }) => signs?.includes(event.key)) ?? null;
}

const isIts = (code, event) => (code.startsWith("Key") ? isLetter(event, code.at(-1).toLowerCase()) : code === event.code && !OTHERS.test(event.key));

/** `deeds` has a function for each name in the list; `isOn()` says whether the reader wants them. */
export function listenForShortcuts(deeds, isOn) {
  document.addEventListener("keydown", (event) => {
    const shortcut = event.defaultPrevented ? null : shortcutOf(event);
    if (!shortcut || !(shortcut.always || isOn()) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    deeds[shortcut.name]();
  });
}
