/** An answer while it is being written: nothing is drawn twice that is finished, nothing flickers, and a frame has a bound. */

import { MarkdownView } from "/static/js/markdown/view.js";
import { Pace } from "/static/js/markdown/pace.js";
import { healed } from "/static/js/markdown/provisional.js";
import { begun, blocks, grown } from "./answer.js";
import { equal, test, truthy } from "./harness.js";
import "./untimed.js";

const LONG = 1_000_000;
const END = "That was all.";

const shown = (text) => blocks(begun(text).container).map(({ outerHTML }) => outerHTML.replaceAll(' dir="auto"', "")).join("");

for (const [text, html] of [
  ["some **bold", "<p>some <strong>bold</strong></p>"],
  ["some **bold wi*", "<p>some <strong>bold wi</strong></p>"],
  ["***both", "<p><em><strong>both</strong></em></p>"],
  ["a ~~gone", "<p>a <s>gone</s></p>"],
  ["run `ls -l", "<p>run <code>ls -l</code></p>"],
  ["see [the page](https://exam", "<p>see the page</p>"],
  ["see [the pa", "<p>see the pa</p>"],
  ["![a ca", "<p>a ca</p>"],
  ["Three things:\n-", "<p>Three things:</p>"],
  ["Three things:\n- a\n- ", "<p>Three things:</p><ul><li>a</li></ul>"],
  ["- [", ""],
  ["##", ""],
  ["a\n\n``", "<p>a</p>"],
]) {
  test(`half-written ${JSON.stringify(text)}`, () => equal(shown(text), html));
}

test("a table is one from its first line on", () => {
  for (const text of ["| a | b", "| a | b |", "| a | b |\n|-", "| a | b |\n|---|--", "| a | b |\n|---|---|\n| **x"]) {
    equal([...begun(text).container.querySelectorAll("th")].map(({ textContent }) => textContent), ["a", "b"]);
  }
});

test("half-written math is its source", () => {
  equal(begun("so $x^2 +").container.querySelector(".math--open").textContent, "x^2 +");
  equal(begun("$$\n\\frac{1}").container.querySelector(".math--open").textContent, "\\frac{1}");
});

test("what is only half-written is nothing of that when it is all", () => {
  const { container, view } = begun("2 ** 3 and **bold");
  view.finish();
  equal(container.textContent, "2 ** 3 and **bold");
});

test("text without marks stays as it is", () => equal(healed("Plain words.\n\nMore of them"), "Plain words.\n\nMore of them"));

for (const [name, first, rest, selector] of [
  ["rows", "| a |\n|---|\n| 1 |\n| 2 |\n| 3 |\n", "| 4 |\n| 5 |\n\nAfter\n", "tbody tr"],
  ["items", "- one\n- two\n- three\n", "- four\n- five\n\nAfter\n", "li"],
  ["numbered items", "1. one\n2. two\n3. three\n", "4. four\n5. five\n\nAfter\n", "li"],
]) {
  test(`finished ${name} are never drawn again`, () => {
    const { container, view } = begun(first);
    const [one, two] = container.querySelectorAll(selector);
    for (let end = 1; end <= rest.length; end += 1) view.update(first + rest.slice(0, end));
    view.finish();
    const all = container.querySelectorAll(selector);
    truthy(all[0] === one && all[1] === two);
    equal(all.length, 5);
    equal(blocks(container).length, 2);
  });
}

test("a tight list that becomes loose is loose throughout", () => {
  const text = "- a\n- b\n- c\n\n- d\n- e\n";
  for (const size of [1, 3, 100]) equal(grown(text, size).querySelectorAll("li > p").length, 5);
});

test("a fence is drawn once, and what closes it is not shown", () => {
  const text = "```js\nlet a;\nlet b;\n```\n\nAfter";
  const { container, view } = begun(text.slice(0, 12));
  const code = container.querySelector("code");
  for (let end = 12; end <= text.length; end += 1) {
    view.update(text.slice(0, end));
    truthy(!container.textContent.includes("`"));
  }
  truthy(container.querySelector("code") === code);
  equal(code.textContent, "let a;\nlet b;\n");
});

test("names that are defined at the end become links where they stand", () => {
  const { container, view } = begun("See [this].\n\nSecond.\n\n- a\n- [that][this]\n- c\n\nLast.\n\n");
  const second = blocks(container)[1];
  view.finish("See [this].\n\nSecond.\n\n- a\n- [that][this]\n- c\n\nLast.\n\n[this]: https://example.org/");
  equal([...container.querySelectorAll("a")].map(({ textContent }) => textContent), ["this", "that"]);
  truthy(blocks(container)[1] === second);
});

test("an answer that goes on while its names are mended has all of them mended", () => {
  const texts = Array.from({ length: 20 }, (_, index) => `${index} [${index < 10 ? "late" : "early"}].\n\n`).join("");
  const { container, view } = begun(texts);
  const still = performance.now;
  let now = 0;
  performance.now = () => (now += 2);
  try {
    view.finish(`${texts}[early]: https://example.org/\n\n`);
  } finally {
    performance.now = still;
  }
  truthy(container.querySelectorAll("a").length < 10);
  view.finish(`${texts}[early]: https://example.org/\n\n[late]: https://example.org/late\n\nMore.`);
  equal(container.querySelectorAll("a").length, 20);
});

test("tasks are boxes that say what they are and cannot be ticked", () => {
  const boxes = [...grown("- [ ] open\n- [x] done\n- [y] no task\n", 1000).querySelectorAll("input")];
  equal(boxes.map((box) => [box.checked, box.disabled, box.closest("label").textContent.trim()]), [[false, true, "open"], [true, true, "done"]]);
});

/** With a blank inside: what is money, prose or a shell's, and what is TeX for sure. */
const SUMS = [
  "costs $ 5 + tax and $ 6", "from $ 5 to $ 6", "$ 5 + $ 6", "3 $ + 4 $ = 7 $", "5 $ = 4,60 € or 10 $ = 9 €", "$ 5 = 4.60 or 10 $", "$ 5 per a_b, $ 7 per c_d",
  "Type $ pip install a_b and then $ python x", "$ cd a_b && $ ls", "$A_B or $C_D", "$x_i and $y",
];
const APART = ["$ E = mc^2 $", "$\\alpha $", "$ \\alpha$, and", "with $ x_1 $ it is", "$ \\text{some words} = v $", "$ 2 + 2 = 4 $", "($ a_i $)"];

test("money is not math", () => {
  for (const text of ["$5 and $10", "$5, or 10$ each", "US$4 and US$6", "$20-$30", "a $ b $ c", "costs $5", ...SUMS]) {
    equal(grown(text, 1000).querySelectorAll(".math").length, 0);
  }
  for (const text of ["$x$", "$2+2=4$", ...APART, "\\(a\\)", "$$a$$", "\\[\na\n\\]"]) equal(grown(text, 1000).querySelectorAll(".math").length, 1);
});

test("math with blanks inside is its source once it can be nothing else", () => {
  const { container, view } = begun("");
  const text = "so $ E = mc^2 $ is";
  const open = text.indexOf("^") + 1;
  for (let end = 1; end <= text.length; end += 1) {
    view.update(text.slice(0, end));
    equal(container.querySelectorAll(".math").length, end >= open ? 1 : 0);
  }
});

test("what is copied has TeX for its formulas", () => {
  const container = document.body.appendChild(grown("so $x^2$ is", 1000));
  getSelection().selectAllChildren(container);
  const event = new ClipboardEvent("copy", { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
  container.firstChild.dispatchEvent(event);
  equal(event.clipboardData.getData("text/plain"), "so $x^2$ is");
  container.remove();
});

/** How many characters come into the page with one task at most, and how many there are in the end. A text ends with END. */
function drawn(text) {
  const container = document.createElement("div");
  return new Promise((resolve) => {
    let most = 0;
    let length = 0;
    // Is called after each task that has changed something.
    const observer = new MutationObserver(() => {
      const { textContent } = container;
      most = Math.max(most, textContent.length - length);
      length = textContent.length;
      if (!textContent.includes(END)) return;
      observer.disconnect();
      resolve({ most, length });
    });
    observer.observe(container, { subtree: true, childList: true, characterData: true });
    new MarkdownView(container).finish(text + END);
  });
}

for (const [name, text] of Object.entries({
  "a line of a megabyte": "word ".repeat(LONG / 5),
  "a word of a megabyte": "w".repeat(LONG),
  "ten thousand quotes": `${">".repeat(10_000)} text`,
  "a table of 2,000 rows": `| a | b |\n|---|---|\n${"| 1 | **2** |\n".repeat(2000)}`,
  "a fence that stays open": `\`\`\`\n${"code and more\n".repeat(LONG / 14)}`,
  "a fence with one line": `\`\`\`\n${"c".repeat(LONG)}`,
  "emphasis that stays open": "**a ".repeat(50_000),
  "brackets": "[".repeat(50_000),
  "links without end": "[a](".repeat(20_000),
  "lists in lists": Array.from({ length: 500 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"),
})) {
  test(`${name} comes in small tasks, and can be read`, async () => {
    const { most, length } = await drawn(`${text}\n\n`);
    truthy(most < 40_000, `${most} characters at once`);
    truthy(length > text.length / 8, `${length} of ${text.length} characters`);
  });
}

test("a formula that begins anywhere in a window is drawn whole", () => {
  for (const words of [1, 300, 900, 1_500, 2_100]) {
    const container = document.createElement("div");
    new MarkdownView(container).finish(`${"word ".repeat(words)}\n\nLook: $${"x + ".repeat(2_450)}y$ it is.\n\nBelow.`);
    equal([container.querySelectorAll(".math").length, container.querySelector(".math").textContent.replaceAll(" ", "").length], [1, 4_901]);
  }
});

test("what closes a formula that is too long begins no other", () => {
  const view = document.createElement("div");
  new MarkdownView(view).finish(`$$\n${"x + ".repeat(2_510)}y\n$$\n\nWords.\n\n$$\nz\n$$\n`);
  equal([...view.querySelectorAll(".math")].map(({ textContent }) => textContent), ["z"]);
});

test("text that is slow to parse is read in smaller windows, but for a formula, which is drawn whole", () => {
  const { now } = performance;
  const pace = new Pace();
  try {
    performance.now = () => 0;
    pace.begin(0);
    for (let tasks = 1; tasks < 9; tasks += 1) {
      performance.now = () => tasks * 1_000;
      pace.mayGoOn(0);
    }
  } finally {
    performance.now = now;
  }
  const read = (text) => pace.windowOf(text, 0).raw.length;
  equal([read("Words in a line.\n".repeat(1_000)) < 2_000, read(`Words.\n\n$$\n${"x + ".repeat(2_450)}`) < 2_000], [true, true]);
  equal(["$$\n", "Look: $", "\\[", "Look: \\("].map((mark) => read(`${mark}${"x + ".repeat(2_450)}`) > 9_800), [true, true, true, true]);
});

test("a step reads no more of short blocks, items, rows and marks than it can draw in time", () => {
  const read = (text) => new Pace().windowOf(text, 0).raw.length;
  const prose = `${"Words in a line.\n".repeat(10)}\n`.repeat(80);
  truthy(read(prose) > 10_000, "prose is read in whole windows");
  equal(["a\n\n", "- a\n", "| a |\n", "1. a\n"].map((block) => Math.floor(read(block.repeat(5_000)) / block.length)), [200, 200, 200, 200]);
  equal(["*a_", "[a]("].map((marks) => read(`${marks.repeat(1_000)} `.repeat(5))), [3_001, 4_001]);
  equal(["> a\n", "  - a\n", "a\n"].map((line) => Math.min(read(line.repeat(5_000)), 10_000)), [10_000, 10_000, 10_000]);
});
