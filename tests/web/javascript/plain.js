/** Text that is shown as it came: its parts. */

import { PlainText } from "/static/js/page/plain-text.js";
import { equal, test, truthy } from "./harness.js";

/** The parts of a text that comes in pieces of `step` characters. */
function partsOf(text, step = text.length) {
  const element = document.createElement("div");
  const plain = new PlainText(element);
  for (let end = step; end < text.length; end += step) plain.show(text.slice(0, end));
  plain.show(text);
  return [...element.children].map(({ textContent }) => textContent);
}

const TEXTS = {
  lines: "some words of a line\n".repeat(3_000),
  words: "some words ".repeat(5_000),
  "a long word": `before ${"w".repeat(5_000)} after`,
  "a word of brackets": "[".repeat(40_000),
  "a word of faces": `x${"🙂".repeat(3_000)}`,
  "words without spaces": "水".repeat(40_000),
};

for (const [name, text] of Object.entries(TEXTS)) {
  test(`${name}: all is shown, in parts, the same ones however it came`, () => {
    const parts = partsOf(text);
    equal(parts.join(""), text);
    truthy(parts.length > 1 && parts.every((part) => part.isWellFormed() && part.length <= 16_000));
    equal(partsOf(text, 1_777), parts);
  });
}

test("no part has a long word, and a short text is one", () => {
  const most = Math.max(...partsOf(TEXTS["a long word"]).flatMap((part) => part.split(" ")).map(({ length }) => length));
  equal(most, 500);
  equal(partsOf("Two lines\n\nand one."), ["Two lines\n\nand one."]);
  equal(partsOf("水".repeat(2_000)).length, 1);
});

test("another text takes the place of the one before", () => {
  const element = document.createElement("div");
  const plain = new PlainText(element);
  for (const text of [TEXTS.lines, "Another.", ""]) plain.show(text);
  equal(element.textContent, "");
});
