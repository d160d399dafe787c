/** Colours code, block by block in idle time; the library comes with the first block. */

import { sanitise } from "./sanitise.js";

const LIMIT = 50_000; // characters

let library = null;
const queue = [];

/** Replaces the text of `code` by the same text in colours, where the language is known and the text not too long. */
export function highlight(code, language) {
  if (language === "" || code.textContent.length > LIMIT) return;
  queue.push({ code, language });
  if (queue.length === 1) begin();
}

async function begin() {
  library ??= import("../../vendor/highlight.js-11.12.0/highlight.min.js");
  const { default: highlighter } = await library;
  whenIdle(() => next(highlighter));
}

function next(highlighter) {
  const { code, language } = queue[0];
  if (code.isConnected && highlighter.getLanguage(language)) {
    const { value } = highlighter.highlight(code.textContent, { language, ignoreIllegals: true });
    code.replaceChildren(sanitise(value));
  }
  queue.shift();
  if (queue.length > 0) whenIdle(() => next(highlighter));
}

const whenIdle = (work) => (globalThis.requestIdleCallback ? requestIdleCallback(work, { timeout: 300 }) : setTimeout(work));
