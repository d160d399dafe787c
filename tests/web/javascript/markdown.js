/** Markdown: what it becomes, and that growing text becomes the same as finished text. */

import { withCopyButtons } from "/static/js/elements/copy-button.js";
import { blocksOf, finishedCount } from "/static/js/markdown/blocks.js";
import { parser } from "/static/js/markdown/parser.js";
import { MarkdownView } from "/static/js/markdown/view.js";
import { equal, painted, test, truthy } from "./harness.js";
import "./untimed.js";

const DOCUMENT = [
  "# Title", "A paragraph\nof two lines with **bold**, `code` and [a link][later].", "- one\n- two\n\n  still two\n- three",
  "1. first\n2. second", "```python\nprint('```')\n\n# not a heading\n```", "> quoted\n> twice", "| a | b |\n|:--|--:|\n| 1 | 2 |",
  "    indented code", "---", "Setext\n======", "<script>alert(1)</script>", "~~~~\nopen ``` fence", "~~~~", "[later]: https://example.org/",
].join("\n\n");

function drawn(...texts) {
  const container = document.createElement("div");
  const view = new MarkdownView(container);
  for (const text of texts) view.update(text);
  view.finish();
  return container;
}

const growing = (text, size) => {
  const steps = [];
  for (let end = size; end < text.length; end += size) steps.push(text.slice(0, end));
  return [...steps, text];
};

test("growing text ends as finished text, wherever it is cut", () => {
  const whole = drawn(DOCUMENT).innerHTML;
  for (const size of [1, 2, 3, 5, 7, 11, 50]) equal(drawn(...growing(DOCUMENT, size)).innerHTML, whole);
});

test("the first heading of an answer stands below its author, and the others as they do to it", () => {
  const levels = (text) => [...drawn(text).querySelectorAll("h1, h2, h3, h4")].map((heading) => heading.ariaLevel);
  equal(levels("# a\n\n## b\n\n### c"), ["3", "4", "5"]);
  equal(levels("## a\n\n### b\n\n# c\n\n#### d"), ["3", "4", "3", "5"]);
});

const parts = (container) => [...container.querySelectorAll(":scope > .prose__part")];

test("a long answer stands in parts that are the same wherever it is cut, and none ends with a heading or a line", () => {
  const text = Array.from({ length: 30 }, (_, number) => `## Section ${number}\n\nWords.\n\n- one\n- two\n\n---\n\n`).join("");
  const whole = drawn(text);
  equal(parts(whole).map(({ childElementCount }) => childElementCount), [26, 24, 24, 24, 22]);
  for (const part of parts(whole).slice(0, -1)) truthy(!part.lastElementChild.matches("h2, hr"));
  for (const size of [1, 7, 50]) equal(drawn(...growing(text, size)).innerHTML, whole.innerHTML);
});

test("a part of long blocks is full with fewer of them, whatever they are", async () => {
  const inTime = async (container) => {
    while (!container.textContent.includes("The end.")) await painted();
    return container;
  };
  const paragraph = `${"Words and *more*. ".repeat(100)}\n\n`;
  for (const [block, counts] of [
    [paragraph.repeat(5), [5, 5, 2]],
    [`${"- item of a list\n".repeat(500)}\n`, [1, 5, 2]],
    [`| a | b |\n|---|---|\n${"| one | two |\n".repeat(700)}\n`, [1, 5, 2]],
    [`\`\`\`\n${"code\n".repeat(1700)}\`\`\`\n\n`, [1, 5, 2]],
  ]) {
    const text = `${block}${paragraph.repeat(6)}The end.`;
    const whole = await inTime(drawn(text));
    equal(parts(whole).map(({ childElementCount }) => childElementCount), counts);
    for (const size of [70, 500]) equal((await inTime(drawn(...growing(text, size)))).innerHTML, whole.innerHTML);
  }
});

test("a part that is full is not touched any more", () => {
  const container = document.createElement("div");
  const view = new MarkdownView(container);
  const text = "Words.\n\n".repeat(30);
  view.update(text);
  const observer = new MutationObserver(() => {});
  observer.observe(parts(container)[0], { subtree: true, childList: true, characterData: true, attributes: true });
  for (let length = 1; length < 30; length += 1) view.update(text + "- some **words**\n\n> and more\n".slice(0, length));
  equal(observer.takeRecords().length, 0);
  equal(parts(container)[0].children.length, 24);
});

test("a part whose blocks turn out to be none is gone", () => {
  const container = drawn(...growing(`${"Words.\n\n".repeat(24)}[name]: https://example.org/ "A title"`, 1));
  equal(parts(container).length, 1);
});

test("a numbered list that is cut in its number stays one list", () => {
  equal(drawn(...growing("1. a\n\n2. b\n\n3. c\n", 1)).querySelectorAll("ol").length, 1);
});

test("finished blocks are never drawn again", () => {
  const container = document.createElement("div");
  const view = new MarkdownView(container);
  view.update("First.\n\nSecond.\n\nThi");
  const [first] = container.querySelectorAll("p");
  view.update("First.\n\nSecond.\n\nThird.\n\nFourth.\n");
  truthy(container.querySelector("p") === first);
  equal(container.textContent.replaceAll("\n", ""), "First.Second.Third.Fourth.");
});

const grows = (begun, more) => {
  const container = document.body.appendChild(document.createElement("div"));
  const view = new MarkdownView(container, withCopyButtons);
  view.update(begun);
  return { container, go: () => [...more].forEach((letter, index) => view.update(begun + more.slice(0, index + 1))), end: () => view.finish(begun + more) };
};

test("a block that shows the same stays what it is, in the item that is being written too, and with the focus and how far it is scrolled", () => {
  for (const [begun, more] of [
    ["1. Install:\n\n   ```sh\n   npm install\n   ```\n\n   The", "n *run* it,\n   and see `it`.\n\n2. Then go\n   on.\n\nAfter."],
    ["> Do:\n>\n> ```sh\n> npm install\n> ```\n>\n> The", "n *run* it.\n> Yes.\n\nAfter that.\n"],
    ["```sh\nnpm install\n```\n\nThe", "n run it.\n\nAfter.\n"],
  ]) {
    const { container, go, end } = grows(begun, more);
    const [block, copy] = [container.querySelector(".code"), container.querySelector(".code .icon-button:last-child")];
    block.querySelector("pre").style.cssText = "width: 3em; overflow: auto";
    block.querySelector("pre").scrollLeft = 20;
    copy.focus();
    go();
    end();
    equal([container.querySelector(".code") === block, document.activeElement === copy, block.querySelector("pre").scrollLeft > 0], [true, true, true]);
    container.remove();
  }
});

test("what is selected above the words that come stays selected", () => {
  const { container, go, end } = grows("First *words* here.\n\n- one item\n- another", " item\n- and a third\n\nAfter.");
  getSelection().selectAllChildren(container.querySelector("li"));
  go();
  end();
  equal(String(getSelection()), "one item");
  container.remove();
});

test("an open code block grows by text alone", () => {
  const container = document.createElement("div");
  const view = new MarkdownView(container);
  view.update("```js\nlet a");
  const code = container.querySelector("code");
  view.update("```js\nlet a = 1;\nlet b");
  truthy(container.querySelector("code") === code);
  equal(code.textContent, "let a = 1;\nlet b");
  view.update("```js\nlet a = 1;\nlet b\n```\nAfter");
  equal(container.querySelector("p").textContent, "After");
});

test("text that is not a continuation is drawn anew", () => {
  equal(drawn("One\n\nTwo\n\nThree", "Other").textContent.trim(), "Other");
});

test("line ends of any kind mean the same", () => {
  equal(drawn("a\r\n\r\n- b\r\n- c\r").innerHTML, drawn("a\n\n- b\n- c\n").innerHTML);
});

test("blocks begin where their lines begin", () => {
  const text = "One\n\n- two\n- three\n\nFour";
  equal(blocksOf(text, {}).map(({ start }) => start), [0, 5, 20]);
  equal([false, true].map((isCut) => finishedCount(text, blocksOf(text, {}), isCut)), [1, 2]);
});

test("tables are aligned by classes", () => {
  const cells = [...drawn("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|").querySelectorAll("td")];
  equal(cells.map(({ className }) => className), ["align-left", "align-center", "align-right"]);
});

test("in a cell of a table <br> is a break, and nowhere else", () => {
  const text = "| a<br>b | c |\n|---|---|\n| **d<br/>e** | f<br />g<BR><br>h |\n| `<br>` \\<br> &lt;br&gt; <br class=x> | https://e.example/<br>i |";
  const inner = (view) => [...view.querySelectorAll("th, td")].map(({ innerHTML }) => innerHTML.replaceAll("\n", ""));
  const cells = [
    "a<br>b", "c", "<strong>d<br>e</strong>", "f<br>g<br><br>h", "<code>&lt;br&gt;</code> &lt;br&gt; &lt;br&gt; &lt;br class=x&gt;",
    '<a href="https://e.example/" target="_blank" rel="noopener noreferrer nofollow">https://e.example/</a><br>i',
  ];
  for (const view of [drawn(text), drawn(...growing(text, 1))]) equal(inner(view), cells);
  for (const outside of ["a<br>b", "# a<br>b", "- a<br>b", "> a<br>b", "    a<br>b", "|a<br>b|"]) {
    equal([drawn(outside).querySelectorAll("br").length, drawn(outside).textContent.includes("<br>")], [0, true]);
  }
});

test("a break of a cell is never seen as its source", () => {
  const container = document.createElement("div");
  const view = new MarkdownView(container);
  const text = "| a<br>b |\n|---|\n| c<br />d |\n| e<br/>f |\n";
  for (let end = 1; end <= text.length; end += 1) {
    view.update(text.slice(0, end));
    truthy(!container.textContent.includes("<"), `${end}: ${container.textContent}`);
  }
});

test("what stands below the bare words of an item keeps off them", async () => {
  const styles = ["base", "prose"].map((name) => Object.assign(document.createElement("link"), { rel: "stylesheet", href: `/static/css/${name}.css` }));
  const loaded = styles.map((style) => new Promise((resolve) => style.addEventListener("load", resolve)));
  document.head.prepend(...styles); // the first sheet of a layer gives it its place
  await Promise.all(loaded);
  const place = drawn("- one\n  > quoted\n- two\n  ```\n  code\n  ```\n- three\n  $$\n  x\n  $$\n- four\n  | a |\n  |---|");
  place.className = "prose";
  document.body.append(place);
  const gaps = [...place.querySelectorAll("li")].map(({ firstChild, firstElementChild }) => {
    const words = document.createRange();
    words.selectNodeContents(firstChild);
    const block = firstElementChild.getBoundingClientRect();
    return block.top - words.getBoundingClientRect().bottom;
  });
  place.remove();
  for (const style of styles) style.remove();
  truthy(gaps.length === 4 && gaps.every((gap) => gap > 3 && gap < 12), `${gaps}`);
});

test("links open elsewhere and say nothing of us", () => {
  const link = drawn("<https://example.org/> and [m](mailto:a@example.org)").querySelector("a");
  equal([link.target, link.rel, link.href], ["_blank", "noopener noreferrer nofollow", "https://example.org/"]);
});

test("images are links, and load nothing", () => {
  const view = drawn('![a cat](https://example.org/cat.png "t") ![by name][r]\n\n[r]: https://example.org/dog.png');
  equal(view.querySelectorAll("img").length, 0);
  equal([...view.querySelectorAll("a")].map(({ href, textContent }) => [href, textContent]), [
    ["https://example.org/cat.png", "a cat"],
    ["https://example.org/dog.png", "by name"],
  ]);
});

test("in a link an image is its description, so that a badge leads where it says", () => {
  const [image, page] = ["https://e.example/a.png", "https://e.example/b"];
  for (const text of [`[![img](${image})](${page})`, `[![img][i]][p]\n\n[i]: ${image}\n[p]: ${page}`, `| a |\n|---|\n| [![img](${image})](${page}) |`]) {
    const view = drawn(...growing(text, 1));
    equal([...view.querySelectorAll("a")].map(({ href, textContent }) => [href, textContent]), [[page, "img"]]);
  }
  const [named, after] = drawn(`[![](${image})](${page}) ![later](${image})`).querySelectorAll("a");
  equal([named.href, named.textContent, after.href, after.textContent], [page, image, image, "later"]);
  const [inner, ...others] = drawn(`[![img](${image})](javascript:harm)`).querySelectorAll("a");
  equal([inner.href, others.length], [image, 0]);
});

test("an address that begins with www. is a link, and a name of a file is none", () => {
  const text = "See www.example.com, (www.example.org/a_b?c=d) and **WWW.example.net**. https://www.example.com/ stays.";
  for (const view of [drawn(text), drawn(...growing(text, 1))]) {
    equal([...view.querySelectorAll("a")].map((link) => [link.getAttribute("href"), link.textContent]), [
      ["http://www.example.com", "www.example.com"],
      ["http://www.example.org/a_b?c=d", "www.example.org/a_b?c=d"],
      ["http://WWW.example.net", "WWW.example.net"],
      ["https://www.example.com/", "https://www.example.com/"],
    ]);
    equal(view.textContent, text.replaceAll("*", ""));
  }
  for (const none of ["example.com", "main.py", "www.", "www.py", "bin/www.js", "sites/www.example.com", "a@www.example.com", "`www.example.com`", "awww.example.com"]) {
    equal(drawn(none).querySelectorAll("a").length, 0);
  }
});

test("the cost of a long answer is linear", () => {
  const parsed = (paragraphs) => {
    let characters = 0;
    const { parse } = parser;
    parser.parse = (text, env) => {
      characters += text.length;
      return parse.call(parser, text, env);
    };
    drawn(...growing("A paragraph of some words, *emphasis* and `code`.\n\n".repeat(paragraphs), 200));
    parser.parse = parse;
    return characters;
  };
  const [small, large] = [parsed(100), parsed(800)];
  truthy(small > 0 && large < small * 8 * 1.2, `${small} characters parsed grew to ${large}`);
});

test("an image is told by its description, without the marks in it", () => {
  const [image] = drawn("![a *wide* `river` ![b](https://b.org/)](https://example.org/a.png)").querySelectorAll("a");
  equal([image.textContent, image.href], ["a wide river b", "https://example.org/a.png"]);
});
