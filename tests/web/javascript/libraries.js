/** What draws code and formulas comes when it is needed; a failure is made good by the next need. Blocks have their limits. */

import { pageData } from "/static/js/page/data.js";
import { MarkdownView } from "/static/js/markdown/view.js";
import { coloured } from "/static/js/markdown/colours.js";
import { withCopyButtons } from "/static/js/elements/copy-button.js";
import { equal, painted, test, truthy } from "./harness.js";
import "./untimed.js";

function shown(text) {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const view = new MarkdownView(place, withCopyButtons);
  view.finish(text);
  return place;
}

async function until(check) {
  for (let tries = 0; !check(); tries += 1) {
    if (tries > 200) throw new Error("it did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const idle = () => new Promise((resolve) => setTimeout(resolve, 400));
const colours = (place) => place.querySelectorAll("[class^=hljs-]").length;

/** Shows `first` while the library cannot be had, and `second` once it can; both are to be drawn. */
async function interrupted(name, texts, isDrawn) {
  pageData.urls[name] = "/no-such-file";
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const views = texts.map(() => new MarkdownView(place.appendChild(document.createElement("div"))));
  views[0].finish(texts[0]);
  await idle();
  truthy(!isDrawn(place.children[0]), "the library was there");
  delete pageData.urls[name];
  views[1].finish(texts[1]);
  await until(() => [...place.children].every(isDrawn));
}

test("formulas that had to wait for a network are drawn with the next one", () =>
  interrupted("temml", ["so $x^2$ is", "and $y$"], (place) => place.querySelector("math")));

test("code that had to wait for a network is coloured with the next block", () =>
  interrupted("highlighter", ["```js\nlet a = 1;\n```", "```js\nlet b = 2;\n```"], colours));

test("a diagram that had to wait for a network is drawn with the next one", () =>
  interrupted("diagrams", ["```mermaid\ngraph TD\n```", "```mermaid\ngraph LR\n```"], (place) => place.querySelector(".code--diagram")));

test("a formula becomes math, and what is none stays its source", async () => {
  const place = shown("so $x^2$ is, and $\\frac{$ is not");
  await until(() => place.querySelector("math msup"));
  equal([place.querySelector("math").textContent, place.querySelectorAll("math").length], ["x2", 1]);
});

test("a fence of math is a formula once it is closed, is copied as one, and stays code where it is too long for one", async () => {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const view = new MarkdownView(place, withCopyButtons);
  view.update("```math\n\\sqrt{3}\n");
  equal([place.querySelectorAll(".math").length, place.querySelector("code").textContent], [0, "\\sqrt{3}\n"]);
  view.update("```math\n\\sqrt{3}\n```\n\nAfter it.");
  await until(() => place.querySelector("math[display=block] msqrt"));
  getSelection().selectAllChildren(place);
  const event = new ClipboardEvent("copy", { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
  place.firstChild.dispatchEvent(event);
  equal(event.clipboardData.getData("text/plain").replace(/\s+/g, " "), "$$\\sqrt{3}$$ After it.");
  view.update("```math\n\\sqrt{3}\n```\n\nAfter it, more.");
  view.finish();
  equal([place.querySelectorAll("math").length, place.querySelectorAll(".code").length], [1, 0]);
  const others = shown(`\`\`\`math\n${"x+".repeat(5001)}x\n\`\`\`\n\n- a\n\n  \`\`\`Math\n  y\n  \`\`\`\n`);
  await until(() => others.querySelector("li math[display=block]"));
  equal(others.querySelectorAll(".code").length, 1);
});

test("code in a block that is drawn again for a name that was defined later keeps its colours", async () => {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const view = new MarkdownView(place);
  const text = "- [this]\n  ```js\n  let a = 1;\n  ```\n- b\n\nAfter.\n\n";
  view.update(text);
  view.finish(`${text}[this]: https://example.org/`);
  await until(() => colours(place) > 0);
  equal(place.querySelectorAll("li a, li .code").length, 2);
});

test("a block has many formulas at once, and more of them before later paints; what is taken away is not drawn", async () => {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const view = new MarkdownView(place);
  const [begun, text] = [300, 500].map((count) => "so $x^2$ is ".repeat(count));
  view.update(begun);
  const first = [...place.querySelectorAll(".math")];
  view.finish(text);
  const counts = [];
  do {
    counts.push(place.querySelectorAll("math").length);
    await painted();
  } while (counts.at(-1) < 500 && counts.length < 50);
  equal([counts[0], counts.at(-1)], [200, 500]);
  truthy(counts.length > 3, counts);
  equal([first.length, first.every(({ isConnected }) => isConnected)], [300, true]);
  const other = new MarkdownView(place);
  other.update(begun);
  const gone = [...place.querySelectorAll(".math")].slice(-300);
  other.finish("Other words.");
  for (let paints = 0; paints < 5; paints += 1) await painted();
  equal([gone.some(({ isConnected }) => isConnected), gone.filter(({ firstElementChild }) => firstElementChild).length], [false, 200]);
});

test("a block says its language, is coloured where that is known, and reads the same", async () => {
  const place = shown("```python\ndef one():\n    return 1\n```\n\n```nothing\ndef\n```\n");
  await until(() => colours(place) > 0);
  const [first, second] = place.querySelectorAll(".code");
  equal([...place.querySelectorAll(".code__language")].map(({ textContent }) => textContent), ["python", "nothing"]);
  equal([first.querySelector("code").textContent, colours(second)], ["def one():\n    return 1\n", 0]);
});

test("code of more than 50,000 characters stays plain, and the next block does not wait for it", async () => {
  const place = shown(`\`\`\`js\n${"let a = 1;\n".repeat(5000)}\`\`\`\n\n\`\`\`js\n${"let a = 1;\n".repeat(4)}\`\`\`\n`);
  const blocks = () => place.querySelectorAll(".code");
  await until(() => blocks().length === 2 && colours(blocks()[1]) > 0);
  equal(colours(blocks()[0]), 0);
});

test("long lines are wrapped in all blocks with one switch", () => {
  const place = shown("```js\na\n```\n\n```js\nb\n```\n");
  const [one, other] = place.querySelectorAll(".code__wrap");
  one.click();
  equal([document.documentElement.classList.contains("wraps-code"), one.getAttribute("aria-pressed"), other.getAttribute("aria-pressed")], [true, "true", "true"]);
  equal(shown("```js\nc\n```").querySelector(".code__wrap").getAttribute("aria-pressed"), "true");
  other.click();
  truthy(!document.documentElement.classList.contains("wraps-code"));
});

test("a diagram is one once its fence is closed, and not of more than 10,000 characters", async () => {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const view = new MarkdownView(place);
  view.update("```mermaid\ngraph TD\n  a --> b\n");
  await idle();
  equal(place.querySelectorAll(".code--diagram").length, 0);
  view.update("```mermaid\ngraph TD\n  a --> b\n```\n\nAfter it.");
  await until(() => place.querySelector(".code--diagram"));
  const long = shown(`\`\`\`mermaid\n${"a --> b\n".repeat(1300)}\`\`\`\n`);
  await until(() => long.querySelector(".code__note")?.textContent.includes("too long"));
});

test("code is copied as it is, without what stands around it", async () => {
  const copied = [];
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (text) => copied.push(text) } });
  const place = shown("```js\nlet a = 1;\n```\n");
  place.querySelector(".code__bar [title=Copy]").click();
  await until(() => copied.length > 0);
  equal(copied, ["let a = 1;\n"]);
  delete navigator.clipboard;
});

test("what the highlighter writes is read as text in spans, also spans in spans, and never as HTML", () => {
  const place = document.createElement("pre");
  place.append(coloured('<span class="hljs-tag">&lt;<span class="hljs-name">a</span> b=&quot;&amp;&#x27;&gt;</span> <img src=x onerror=harm()>c'));
  equal(place.querySelectorAll("*").length, 2);
  equal(place.textContent, "<a b=\"&'> img src=x onerror=harm()>c");
  equal(place.querySelector(".hljs-tag > .hljs-name").textContent, "a");
});

test("50,000 characters of markup are coloured without keeping the page for long", async () => {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  const row = '<li class="item" data-number="1">A <b>bold</b> word &amp; more</li>\n';
  const place = shown(`\`\`\`html\n${row.repeat(Math.floor(49_900 / row.length))}\`\`\`\n`);
  observer.observe({ type: "longtask" });
  await until(() => colours(place) > 0);
  await idle();
  observer.disconnect();
  globalThis.longest = { ...globalThis.longest, colouring: Math.max(0, ...tasks) };
  equal(place.querySelector("code").textContent.length, row.length * Math.floor(49_900 / row.length));
  truthy(Math.max(0, ...tasks) < 2000, `${Math.max(...tasks)} ms`);
});
