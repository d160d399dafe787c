/** Colours code, block by block in idle time; the library comes with the first block. */

import { coloured } from "./colours.js";
import { library } from "./library.js";

const LIMIT = 50_000; // characters

const load = library("highlighter", () => import("../../vendor/highlight.js-11.12.0/highlight.min.js"));
let queue = [];
let isBusy = false;

/** Replaces the text of `code` by the same text in colours, where the language is known and the text not too long. */
export function highlight(code, language) {
  if (language === "" || code.textContent.length > LIMIT) return;
  queue.push({ code, language });
  if (!isBusy) begin();
}

/** Where the library cannot be had, the blocks wait for the next one, which tries again. */
async function begin() {
  isBusy = true;
  try {
    const { default: highlighter } = await load();
    whenIdle(() => next(highlighter));
  } catch {
    isBusy = false;
    queue = queue.filter(({ code }) => code.isConnected);
  }
}

function next(highlighter) {
  const { code, language } = queue.shift();
  isBusy = queue.length > 0;
  if (isBusy) whenIdle(() => next(highlighter));
  if (!code.isConnected || !highlighter.getLanguage(language)) return;
  const text = code.textContent;
  const colours = coloured(highlighter.highlight(text, { language, ignoreIllegals: true }).value);
  if (colours.textContent === text) code.replaceChildren(colours);
}

const whenIdle = (work) => (globalThis.requestIdleCallback ? requestIdleCallback(work, { timeout: 300 }) : setTimeout(work));
