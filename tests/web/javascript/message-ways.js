/** What stands below a message, and what can be done with it. */

import { richOf } from "/static/js/elements/copy-message.js";
import { isLong } from "/static/js/elements/question-text.js";
import { make } from "/static/js/page/dom.js";
import { rateOf } from "/static/js/page/rate.js";
import { message, open } from "./events.js";
import { equal, painted, test, truthy } from "./harness.js";
import { answer, press, thread } from "./thread.js";

test("the footer says it shortly, and all of it when it is asked", async () => {
  const { element } = thread();
  element.show(open(message("q", null), answer("a", "q")));
  const button = element.querySelector(".figures");
  equal([...button.querySelectorAll(".figures__figure")].map(({ textContent }) => textContent), ["m", "40 tokens", "20 tokens/s", "first words after 100 ms", "here"]);
  button.click();
  const facts = document.querySelector(".figures-panel").textContent;
  for (const fact of ["here", "100 ms", "900 ms", "20 tokens/s", "12 tokens", "complete", "3"]) truthy(facts.includes(fact), `${fact} is not told`);
  equal(document.activeElement.className, "popover figures-panel");
  document.activeElement.hidePopover();
  await painted();
  truthy(document.activeElement === button && !document.querySelector(".figures-panel"), "the focus is lost");
  truthy(element.querySelector(".remark").textContent.startsWith("3 earlier messages"));
});

test("speed counts from the first words, and where it says nothing it is not told", () => {
  equal([rateOf({ first_delta_ms: 100, duration_ms: 2100 }, { output_tokens: 40 }), rateOf({ duration_ms: 10 }, { output_tokens: 40 }), rateOf(undefined, undefined)], [20, null, null]);
});

test("a rating asks for a note, and is taken back by a second press", async () => {
  const { element, asked, way } = thread();
  const state = open(message("q", null), answer("a", "q"));
  element.show(state);
  way("down").click();
  equal(document.querySelector(".note"), null);
  asked[0][1].done();
  const note = document.querySelector(".note textarea");
  note.value = "Wrong river";
  press(note, "Enter", { ctrlKey: true });
  await painted();
  equal(asked.map(([, { rating, note: words }]) => [rating, words]), [["down", ""], ["down", "Wrong river"]]);
  equal(document.querySelector(".note"), null);
  element.show(open(message("q", null), answer("a", "q", { feedback: { rating: "down", note: "" } })));
  way("down").click();
  equal(asked.at(-1)[1].rating, null);
});

test("the menu has what the bar has no room for: fork with its scopes, and Delete", async () => {
  const { element, asked, way } = thread();
  element.show(open(message("q", null), answer("a", "q")));
  const choose = async (words) => {
    way("more", element.querySelector(".message--assistant")).click();
    [...document.querySelectorAll(".menu [role=menuitem]")].find(({ textContent }) => textContent === words).click();
    await painted();
  };
  await choose("New conversation from here");
  document.querySelectorAll(".fork__way")[1].click();
  equal([asked.at(-1)[0], asked.at(-1)[1].scope], ["fork", "branches"]);
  await choose("Delete");
  equal([asked.at(-1)[0], asked.at(-1)[1].message.id], ["delete", "a"]);
});

test("of a temporary chat nothing can be kept, changed in place or forked", () => {
  const { element, way } = thread();
  element.show({ ...open(message("q", null), answer("a", "q")), temporary: true });
  equal(["edit", "copy", "retry", "more", "up"].map((name) => Boolean(way(name))), [true, true, true, false, false]);
  way("edit").click();
  equal([...element.querySelectorAll(".editor__bar button")].map(({ textContent }) => textContent), ["Cancel", "Update and rerun"]);
});

test("a very long message is folded, and unfolds", () => {
  const { element } = thread();
  equal([isLong("word ".repeat(200)), isLong("line\n".repeat(23)), isLong("line\n".repeat(30)), isLong("x".repeat(5000))], [false, false, true, true]);
  element.show(open(message("q", null, { content: "line\n".repeat(40) })));
  const [text, more] = [element.querySelector(".question"), element.querySelector(".question__more")];
  equal([text.matches(".question--folded"), more.textContent, more.getAttribute("aria-expanded")], [true, "Show all", "false"]);
  more.click();
  equal([text.matches(".question--folded"), more.textContent, more.getAttribute("aria-expanded")], [false, "Show less", "true"]);
});

test("what is copied as formatted text has nothing of the page in it", () => {
  const prose = make("div", { class: "prose" }, make("p", { class: "x", textContent: "A river" }), make("button", { textContent: "Copy" }));
  equal(richOf(prose), "<p>A river</p>");
});

test("an answer is copied as markdown, and beside it as it is drawn", async () => {
  const { element, way } = thread();
  const written = [];
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { write: async ([item]) => written.push(item) } });
  element.show(open(message("q", null), answer("a", "q", { content: "A **river**" })));
  way("copy", element.querySelector(".message--assistant")).click();
  for (let tries = 0; written.length === 0 && tries < 50; tries += 1) await painted();
  const texts = await Promise.all(["text/plain", "text/html"].map(async (type) => (await written[0].getType(type)).text()));
  equal(texts, ["A **river**", '<p dir="auto">A <strong>river</strong></p>']);
  delete navigator.clipboard;
});
