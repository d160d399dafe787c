/** Markdown as answers are written in it: CommonMark, GFM's tables, strikethrough and tasks, math and footnotes. */

import "../../vendor/markdown-it-15.0.3/markdown-it.umd.min.js"; // the one build whose blanks are gone too: 3 kB less to transfer
import { footnotes } from "./footnote-syntax.js";
import { math, UNSPACED } from "./math-syntax.js";
import { provisional } from "./provisional.js";
import { rendering } from "./rendering.js";
import { tasks } from "./tasks.js";

/**
 * Quotes and lists deeper than this many levels (a list is two) are text. markdown-it itself drops what lies deeper than
 * its `maxNesting` of 100 without a trace, and each level of quotes reads the lines below it once more.
 */
const DEEPEST = 32;

export const parser = new globalThis.markdownit({ html: false, linkify: true });

/** Bare domains are mostly file names in answers: `main.py`, `README.md`. */
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** `www.` and a domain, if it is no part of a path, is a link as in GFM; and by http, as there: a site that has better leads on. */
parser.linkify.add("www.", {
  validate: (text, place, linkify) => !/[-./@\\]/.test(text[place - 5]) && linkify.testSchemaAt(text, "//", place),
  normalize: (match) => (match.url = `http://${match.url}`),
});

/** Every address is a link to the parser; the renderer leaves the unsafe ones out, and the sanitiser asks again. */
parser.validateLink = () => true;

for (const name of ["blockquote", "list"]) {
  const { fn, alt } = parser.block.ruler.__rules__.find((rule) => rule.name === name);
  const shallow = (state, line, end, silent) => state.level < DEEPEST && fn(state, line, end, silent);
  parser.block.ruler.at(name, shallow, { alt });
}

/** Beside characters that need no blanks, emphasis begins and ends wherever no blank is on its inner side (commonmark-spec issue 650). */
parser.inline.State = class extends parser.inline.State {
  scanDelims(start, splitsWords) {
    const run = super.scanDelims(start, splitsWords);
    const end = start + run.length;
    const before = [...this.src.slice(Math.max(start - 2, 0), start)].at(-1) ?? " ";
    const [after = " "] = this.src.slice(end, Math.min(end + 2, this.posMax));
    if (!splitsWords || !UNSPACED.test(before + after)) return run;
    return { ...run, can_open: /\S/.test(after), can_close: /\S/.test(before) };
  }
};

for (const plugin of [math, footnotes, tasks, provisional, rendering]) parser.use(plugin);
