/** Text made to keep a pattern busy, while it is being written: no task of the page takes long over it. */

import { Announcer, lastSentenceEnd, spoken } from "/static/js/elements/announcer.js";
import { healed } from "/static/js/markdown/provisional.js";
import { MarkdownView } from "/static/js/markdown/view.js";
import { after, created, delta, message, open, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";

/** A loaded machine keeps it; a pattern that is quadratic in a megabyte or cubic in a line does not. */
const MOST_MS = 2000;
const PIECES = 40;
const SIZE = 100_000;
const MEGABYTE = 1_000_000;

const filled = (words, size = SIZE) => words.repeat(Math.ceil(size / words.length));

/** Paragraphs that mention a name each, and then all their addresses. */
function names(count) {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return numbers.map((number) => `Words [r${number}] and\n\n`).join("") + numbers.map((number) => `[r${number}]: https://example.org/${number}\n`).join("");
}

/** The first ones are those of tests/security/test_bait.py. */
const BAIT = {
  letters: filled("a"),
  spaces: filled(" "),
  "line ends": filled("\n"),
  "tags that do not open": filled("<"),
  "thoughts in thoughts": filled("<think>"),
  "half a closing tag": filled("</thin"),
  brackets: filled("[]("),
  addresses: filled("http://a"),
  "at signs": filled("://@"),
  credentials: filled("bearer "),
  labels: filled("password="),
  "half tokens": filled("eyJaaaaaaaa."),
  "spaces and a letter": `${filled(" ", 10_000)}x`,
  "words, spaces and a letter": `word\n\n>${filled(" ", 10_000)}x`,
  tabs: `- ${filled("\t", 10_000)}x`,
  "open brackets and spaces": `1. [${filled(" ", 10_000)}x`,
  quotes: `${filled(">", 10_000)} text`,
  "quotes with spaces": `${filled("> ", 20_000)}text`,
  stars: `${filled("*", 10_000)}x`,
  "stars apart": filled("* "),
  backticks: `${filled("`", 10_000)}x`,
  tildes: `${filled("~", 10_000)}x`,
  bars: filled("|", 10_000),
  "bars and a letter": `${filled("|", 10_000)}x`,
  "a head of bars": `| x ${filled("|", 10_000)}`,
  "lines of bars": filled("| a\n"),
  "empty lines of spaces": filled("   \n"),
  dollars: `${filled("$", 10_000)}x`,
  sums: `$1${filled(",", 9_000)}x$`,
  "sums that go on": `$1${filled(".,", 9_000)}`,
  "open display math": `$$\n${filled(" \n", 9_000)}`,
  backslashes: `${filled("\\", 10_000)}x`,
  footnotes: filled("[^a"),
  definitions: filled("[a]:\n"),
  notes: Array.from({ length: 10_000 }, (_, number) => `[^${number}]: a\n`).join(""),
  "names that are defined at the end": names(2_000),
  "half a reference": filled("a[^a"),
  "addresses without a scheme": filled("www."),
  "images in a link": `[${filled("![a](b)", 9_000)}](https://example.org/)`,
  "a line of a megabyte": filled("word ", MEGABYTE),
  "a word of a megabyte": filled("w", MEGABYTE),
};

/** Runs `deed(timed)`, and all that it puts off, and promises the longest task in milliseconds. */
async function longestTask(deed) {
  const { setTimeout: later, clearTimeout: forget, requestAnimationFrame: beforeFrame } = globalThis;
  const waiting = new Set();
  let most = 0;
  let settle = () => {};
  const timed = (task) => {
    const begun = performance.now();
    task();
    most = Math.max(most, performance.now() - begun);
  };
  globalThis.setTimeout = (task, delay) => {
    const id = later(() => {
      waiting.delete(id);
      timed(task);
      if (waiting.size === 0) settle();
    }, delay);
    waiting.add(id);
    return id;
  };
  globalThis.clearTimeout = (id) => {
    waiting.delete(id);
    forget(id);
  };
  globalThis.requestAnimationFrame = (task) => setTimeout(task);
  deed(timed);
  if (waiting.size > 0) await new Promise((resolve) => (settle = resolve));
  Object.assign(globalThis, { setTimeout: later, clearTimeout: forget, requestAnimationFrame: beforeFrame });
  return most;
}

/** Draws a text as it comes in pieces. */
function written(text, timed) {
  const view = new MarkdownView(document.createElement("div"));
  const step = Math.ceil(text.length / PIECES);
  for (let end = step; end < text.length; end += step) timed(() => view.update(text.slice(0, end)));
  timed(() => view.finish(text));
}

for (const [name, text] of Object.entries(BAIT)) {
  test(`${name} are drawn in short tasks`, async () => {
    const most = await longestTask((timed) => written(text, timed));
    truthy(most < MOST_MS, `${Math.round(most)} ms`);
  });
}

test("a word that is too long to be laid out at once is drawn in pieces, also at the end of a text", async () => {
  const text = `Before ${filled("w", 30_000)}\n\nThe last words.`;
  for (const step of [text.length, 1_000]) {
    const container = document.createElement("div");
    const view = new MarkdownView(container);
    await longestTask((timed) => {
      for (let end = step; end < text.length; end += step) timed(() => view.update(text.slice(0, end)));
      timed(() => view.finish(text));
    });
    const lengths = [...container.querySelectorAll("p")].map((paragraph) => paragraph.textContent.length);
    truthy(Math.max(...lengths) <= 5_007, `${Math.max(...lengths)}`);
    equal(container.textContent, text.replace("\n\n", ""));
  }
});

function timeOf(deed) {
  const begun = performance.now();
  deed();
  return performance.now() - begun;
}

test("what is half-written is healed and what is said is said in no time", () => {
  for (const [name, text] of Object.entries(BAIT)) {
    const line = text.slice(0, 10_500);
    const most = Math.max(...[() => healed(line), () => healed(`${line}x`), () => lastSentenceEnd(text, 0), () => spoken(text)].map(timeOf));
    truthy(most < MOST_MS, `${name}: ${Math.round(most)} ms`);
  }
});

test("of a long stretch so much is said as anybody listens to, and the rest the next time", async () => {
  const { setTimeout: later } = globalThis;
  let tell;
  globalThis.setTimeout = (deed) => (tell = deed);
  try {
    const announcer = new Announcer();
    const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
    announcer.show(begun);
    const rest = filled("[", MEGABYTE);
    const state = after(begun, delta("g", 0, `First. ${filled("One more. ", 5_000)}${rest}`));
    announcer.show(state);
    const said = [];
    for (let count = 0; count < 3; count += 1) {
      truthy(timeOf(tell) < MOST_MS);
      said.push(announcer.element.textContent);
      announcer.show(state);
    }
    equal(said.map((words) => [words.slice(0, 6), words.length > 900, words.length <= 4000]), [["First.", true, true], ["One mo", true, true], ["[[[[[[", true, true]]);
  } finally {
    globalThis.setTimeout = later;
  }
});

test("what begins is still seen for what it will be", () => {
  const table = "| a | b\n|-|-|";
  equal(
    ["a\n- [ ", "a\n > 1.", "a\n12)", "a\n###", "a\n=== ", "a\n#######", "a **", "a\\", "| a | b", "| a | b |\n|-", "a\n| b"].map(healed),
    ["a\n", "a\n", "a\n", "a\n", "a\n", "a\n#######", "a ", "a", table, "| a | b |\n|-|-|", "a\n| b"],
  );
});
