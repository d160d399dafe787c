/** The list of keyboard shortcuts, and the switch that turns them off. */

import { make } from "../page/dom.js";
import { sendKeyOf } from "../page/keys.js";
import { failureLine, openPanel } from "../page/panel.js";
import { isMac, SHORTCUTS } from "../page/shortcuts.js";
import { panelStrings } from "../page/panel-strings.js";
import { toggle } from "./choices.js";

const KEYS = { Escape: "Esc", Semicolon: ";", Period: ".", Comma: ",", Slash: "/" };
const MAC_KEYS = { ...KEYS, Escape: "⎋", Backspace: "⌫" };

/** The keys of a shortcut as this machine's keyboard names them. */
export function keysOf({ mod, shift, code }, mac = isMac) {
  const key = code.startsWith("Key") ? code.slice(3) : ((mac ? MAC_KEYS : { ...KEYS, Backspace: panelStrings.keys.backspace })[code] ?? code);
  const modifier = mac ? "⌘" : panelStrings.keys.control;
  return [...(mod ? [modifier] : []), ...(shift ? [mac ? "⇧" : panelStrings.keys.shift] : []), key];
}

/** `keeping.prefer(changes)` promises to keep them. */
export function openShortcutList({ preferences }, keeping) {
  const everywhere = SHORTCUTS.map((shortcut) => [keysOf(shortcut), panelStrings.shortcuts[shortcut.name]]);
  const failed = failureLine();
  const change = (shortcuts) => failed.tried(() => keeping.prefer({ shortcuts }));
  const content = make(
    "div",
    { class: "panel__body" },
    toggle(panelStrings.shortcutsOn, preferences.shortcuts, change),
    failed.element,
    ...list(panelStrings.shortcutsEverywhere, everywhere),
    ...list(panelStrings.shortcutsWriting, writing(sendKeyOf(preferences))),
  );
  openPanel(panelStrings.shortcutsTitle, "panel--shortcuts", content);
}

/** Keys that belong to the message field and not to the whole page. */
function writing(sendKey) {
  const { control, shift, enter } = panelStrings.keys;
  const words = panelStrings.composerKeys;
  const isPlain = sendKey === "enter";
  return [
    [isPlain ? [enter] : [control, enter], words.send],
    [isPlain ? [shift, enter] : [enter], words.newLine],
    [["↑"], words.editLast],
    [["/"], words.prompts],
  ];
}

function list(title, rows) {
  const key = (name) => make("kbd", { class: "key", textContent: name });
  const row = ([keys, words]) => make("div", { class: "keys__row" }, make("dt", { textContent: words }), make("dd", { class: "keys__keys" }, ...keys.map(key)));
  return [make("h3", { class: "keys__title", textContent: title }), make("dl", { class: "keys" }, ...rows.map(row))];
}
