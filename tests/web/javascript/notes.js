/** The footnotes of an answer while it is being written, and when it is all there. */

import { begun, blocks, grown } from "./answer.js";
import { equal, test, truthy } from "./harness.js";
import "./untimed.js";

test("footnotes stand at the end, in the order in which they are mentioned", () => {
  const text = "One[^b] and[^a] and [^none].\n\n[^a]: First *note*.\n\n[^b]: Second.\n\nMore text.\n\n";
  for (const size of [1, 7, 1000]) {
    const container = grown(text, size);
    equal([...container.querySelectorAll("sup")].map(({ textContent }) => textContent), ["1", "2"]);
    equal([...container.querySelectorAll(".footnote")].map(({ value, textContent }) => [value, textContent]), [[1, "Second. ↩"], [2, "First note. ↩"]]);
    truthy(container.lastElementChild.className === "footnotes" && container.textContent.includes("[^none]"));
  }
});

test("a note that is defined twice leads to its first definition, and loses no word", () => {
  const text = "One[^b] and two[^a].\n\n[^a]: First.\n\n[^b]: Second.\n\n[^a]: Again.\n\nMore text.\n\n";
  for (const size of [1, 7, 1000]) {
    const notes = [...grown(text, size).querySelectorAll(".footnote")];
    equal(notes.map(({ value, textContent }) => [value, textContent]), [[1, "Second. ↩"], [2, "First. ↩"], [2, "Again. ↩"]]);
    equal(notes.map(({ id }) => id.slice(-2)), ["-1", "-2", ""]);
  }
});

test("a note that is defined twice stays before the second where its words are mended", () => {
  const text = "One[^a].\n\n[^a]: See [docs].\n\n[^a]: Again.\n\nMore text.\n\n";
  const { container, view } = begun(text);
  view.finish(`${text}[docs]: https://example.org/`);
  const notes = [...container.querySelectorAll(".footnote")];
  equal(notes.map(({ textContent, id }) => [textContent, id.slice(-2)]), [["See docs. ↩", "-1"], ["Again. ↩", ""]]);
  equal(notes[0].querySelectorAll("a:not(.footnotes__back)").length, 1);
});

const NOTES = "One[^1], two[^2], three[^c].\n\n[^1]: Alpha.\n[^2]: Beta *b*.\n\n    More of it.\n[^c]: > Gamma\n[^4]: - Delta\n[^5]: Epsilon.\n\nThe end.";

test("footnotes on consecutive lines are as many notes, also where they end other blocks", () => {
  const words = ["Alpha. ↩", "Beta b.More of it. ↩", "Gamma ↩", "Delta ↩", "Epsilon. ↩"];
  for (const size of [1, 2, 3, 7, 1000]) {
    const container = grown(NOTES, size);
    equal([...container.querySelectorAll(".footnote")].map(({ textContent }) => textContent), words);
    equal(blocks(container).map(({ textContent }) => textContent), ["One1, two2, three3.", "The end."]);
  }
  for (const text of ["Words[^1].\n", "- a\n- b[^1]\n", "> q[^1]\n", "> - q[^1]\n"]) {
    equal([...grown(`${text}[^1]: Alpha.\n[^2]: Beta.`, 1).querySelectorAll(".footnote")].map(({ textContent }) => textContent), ["Alpha. ↩", "Beta. ↩"]);
  }
  equal(grown("- a\n\n  [^1]: in an item\n\n> [^2]: in a quote", 1000).querySelectorAll(".footnote").length, 0);
});

test("a note and a reference are what they will be from their first word on, and stand there once", () => {
  const whole = grown(NOTES, 1000);
  const [first, last] = blocks(whole).map(({ textContent }) => textContent);
  const notes = [...whole.querySelectorAll(".footnote")].map(({ textContent }) => textContent.slice(0, -2));
  const { container, view } = begun("");
  for (let end = 1; end <= NOTES.length; end += 1) {
    view.update(NOTES.slice(0, end));
    const now = [...container.querySelectorAll(".footnote")].map(({ textContent }) => textContent.slice(0, -2));
    truthy(now.every((words, index) => words !== "" && notes[index].startsWith(words)), `${end}: ${now}`);
    truthy(`${first}${last}`.startsWith(blocks(container).map(({ textContent }) => textContent).join("")), `${end}: ${container.textContent}`);
  }
});

test("notes that are in their order stay where they are when all is there", () => {
  const { container, view } = begun(`${NOTES}\n`);
  const observer = new MutationObserver(() => {});
  observer.observe(container.querySelector("ol"), { childList: true });
  view.finish();
  equal(observer.takeRecords().length, 0);
  equal(container.querySelectorAll(".footnote").length, 5);
});

test("a note that mentions what is defined after it is mended as a note", () => {
  const text = "One[^1].\n\n[^1]: See [this].\n[^2]: Beta.\n\nAfter.\n\n[this]: https://example.org/";
  for (const size of [1, 1000]) {
    const container = grown(text, size);
    equal([...container.querySelectorAll(".footnote")].map(({ value, id, textContent }) => [value, id !== "", textContent]), [[1, true, "See this. ↩"], [2, true, "Beta. ↩"]]);
    truthy(container.querySelector(".footnote > p > a").href === "https://example.org/");
  }
});

test("the ways to notes and back are the answer's own", () => {
  const [one, other] = ["a[^1]\n\n[^1]: b", "a[^1]\n\n[^1]: b"].map((text) => grown(text, 1000));
  document.body.append(one, other);
  const links = [...document.body.querySelectorAll(".footnote-reference a, .footnotes__back")];
  equal(new Set(links.map(({ hash }) => hash)).size, 4);
  links.forEach((link) => truthy(document.querySelector(link.hash)));
  const before = location.href;
  links[0].click();
  truthy(document.activeElement === one.querySelector(".footnote"));
  one.querySelector(".footnotes__back").click();
  truthy(document.activeElement === links[0]);
  equal(location.href, before);
  one.remove();
  other.remove();
});
