/** Colours code, block by block in idle time; it comes with the first block, and the library with it. */

import highlighter from "../../vendor/highlight.js-11.12.0/highlight.min.js";
import { coloured } from "./colours.js";

const queue = [];

/** Replaces the text of `code` by the same text in colours, where the language is known. */
export function colour(code, language) {
  queue.push({ code, language });
  if (queue.length === 1) whenIdle(next);
}

function next() {
  const { code, language } = queue.shift();
  if (queue.length > 0) whenIdle(next);
  if (!code.isConnected || !highlighter.getLanguage(language)) return;
  const text = code.textContent;
  const colours = coloured(highlighter.highlight(text, { language, ignoreIllegals: true }).value);
  if (colours.textContent === text) code.replaceChildren(colours);
}

const whenIdle = (work) => (globalThis.requestIdleCallback ? requestIdleCallback(work, { timeout: 300 }) : setTimeout(work));
