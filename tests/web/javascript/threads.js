/** The thread: turns and columns, what stands below a message, and that nobody loses their place. */

import "/static/js/elements/thread.js";
import { lastSentenceEnd, spoken } from "/static/js/elements/announcer.js";
import { richOf } from "/static/js/elements/copy-message.js";
import { rateOf } from "/static/js/page/rate.js";
import { Latest } from "/static/js/elements/latest.js";
import { isLong } from "/static/js/elements/question-text.js";
import { make } from "/static/js/page/dom.js";
import { reduce } from "/static/js/state/reduce.js";
import { Store } from "/static/js/state/store.js";
import { after, begin, CONVERSATION, created, delta, ended, message, open, sent, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";
import { KeptTree } from "./kept-tree.js";

const END = { id: "g", status: "completed", model_id: "m", connection: "here", finish_reason: "stop", usage: { input_tokens: 12, output_tokens: 40 }, timings: { first_delta_ms: 100, duration_ms: 2100, reasoning_ms: 900 }, error: null, omitted_messages: 3 };
const answer = (id, parent, fields = {}) => message(id, parent, { role: "assistant", generation: { ...END, id: `g-${id}` }, ...fields });

function thread() {
  const element = document.createElement("scripta-thread");
  document.body.replaceChildren(make("div", { class: "stage__scroll" }, element));
  element.begin();
  const asked = [];
  for (const action of ["edit", "save", "left", "branch", "retry", "rate", "delete", "fork", "older", "stop", "editor-gone"]) {
    element.addEventListener(`scripta:${action}`, ({ detail }) => asked.push([action, detail]));
  }
  const way = (name, within = element) => within.querySelector(`[data-way="${name}"]`);
  return { element, asked, way };
}

const press = (node, key, fields = {}) => node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...fields }));
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

function columns() {
  const tree = new KeptTree();
  tree.send(null, 2);
  return { tree, state: after(begin({ conversation: CONVERSATION }), tree.snapshot()) };
}

test("the answers of one question stand side by side, each with its Stop; the chosen one is marked", () => {
  const { element, asked } = thread();
  const { tree, state } = columns();
  element.show(state);
  const [first, second] = element.querySelectorAll(".turn--columns > .message");
  equal([element.querySelectorAll(".turn").length, first.matches(".message--chosen"), second.matches(".message--chosen")], [2, true, false]);
  second.querySelector('[aria-label="Stop"]').click();
  equal(asked, [["stop", { generationId: tree.visible[2].generation.id }]]);
  const over = after(state, ...tree.visible.slice(1).flatMap((row) => tree.end(row, "completed")));
  element.show(over);
  second.querySelector(".column__choose").click();
  equal(asked.at(-1), ["branch", { messageId: tree.visible[2].id }]);
  element.show(after(over, ...tree.choose(tree.visible[2])));
  equal([first.matches(".message--chosen"), second.matches(".message--chosen")], [false, true]);
});

test("a column that comes later leaves the one that is there where it is", () => {
  const { element } = thread();
  const tree = new KeptTree();
  const [question, one, two] = tree.send(null, 2);
  const begun = after(begin({ conversation: CONVERSATION }), question, one);
  element.show(begun);
  const first = element.querySelector(".message--assistant");
  element.show(after(begun, two));
  truthy(first.isConnected && first.parentElement.children.length === 2);
});

test("many long answers are drawn from the newest on, in more than one task", async () => {
  const { element } = thread();
  const content = "Words with **strength**, `code` and [a link](https://example.org/).\n\n".repeat(80);
  const ids = Array.from({ length: 60 }, (_, number) => `a${number}`);
  element.show(open(...ids.map((id, index) => answer(id, ids[index - 1] ?? null, { content }))));
  const drawn = () => [...element.querySelectorAll(".prose")].map(({ firstChild }) => firstChild !== null);
  const first = drawn();
  const begun = first.indexOf(true);
  truthy(begun > 0 && first.slice(begun).every(Boolean), `${begun} are left`);
  while (!drawn().every(Boolean)) await painted();
  equal(element.querySelectorAll(".prose.message__plain").length, 0);
});

test("the focus stays on its button when what is below a message is drawn anew", () => {
  const { element, way } = thread();
  const state = open(message("q", null), answer("a", "q"));
  element.show(state);
  way("up", element.querySelector(".message--assistant")).focus();
  element.show(after(state, { type: "message.updated", message: answer("a", "q", { feedback: { rating: "up", note: "" } }), conversation: CONVERSATION }));
  equal([document.activeElement.dataset.way, document.activeElement.getAttribute("aria-pressed")], ["up", "true"]);
});

test("whoever steps to another version stands on the same button of that version", () => {
  const { element, asked } = thread();
  const state = open(message("q2", null, { siblings: ["q1", "q2", "q3"] }));
  element.show(state);
  const next = element.querySelector('[data-way="next"]');
  next.focus();
  press(next, "ArrowRight");
  press(next, "ArrowLeft");
  equal(asked.map(([, { messageId }]) => messageId), ["q3", "q1"]);
  element.show(open(message("q3", null, { siblings: ["q1", "q2", "q3"] })));
  equal([document.activeElement.dataset.way, document.activeElement.getAttribute("aria-disabled")], ["next", "true"]);
  document.activeElement.click();
  equal(asked.length, 2);
});

test("an editor keeps what is written in it whatever happens to its message", () => {
  const { element, way } = thread();
  const state = open(message("q", null));
  element.show(state);
  way("edit").click();
  const text = element.querySelector("textarea");
  text.value = "half written";
  element.show(after(state, created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"), delta("g", 0, "x")));
  truthy(text.isConnected && text.value === "half written");
});

test("an editor that is open is gone to, not opened anew over what is typed", async () => {
  const { element, asked, way } = thread();
  element.show(open(message("q", null)));
  way("edit").click();
  await painted();
  const text = element.querySelector("textarea");
  text.value = "half written";
  text.blur();
  element.editLast();
  await painted();
  equal([element.querySelector("textarea") === text, text.value, document.activeElement === text, asked], [true, "half written", true, []]);
  element.edit("q", "words of before");
  equal([element.querySelector("textarea").value, asked[0][0], asked[0][1].content], ["words of before", "left", "half written"]);
});

test("an editor whose message goes hands its words back", () => {
  const { element, asked, way } = thread();
  element.show(open(message("q", null), answer("a", "q")));
  way("edit").click();
  element.show(after(open(message("q", null)), { type: "page.opening", conversationId: "c2" }));
  equal(asked, []);
  element.show(open(message("q", null)));
  way("edit").click();
  element.querySelector("textarea").value = "half written";
  element.show(open(message("q2", null)));
  equal(asked.map(([action, { message: { id }, content }]) => [action, id, content]), [["editor-gone", "q", "half written"]]);
});

test("Save keeps the place, Update and rerun makes a version, Escape leaves and offers the way back", async () => {
  const { element, asked, way } = thread();
  element.show(open(message("q", null)));
  for (const [key, fields, action] of [["s", { ctrlKey: true }, "save"], ["ы", { ctrlKey: true, code: "KeyS" }, "save"], ["Enter", { ctrlKey: true }, "edit"], ["Escape", {}, "left"]]) {
    way("edit").click();
    await painted();
    const text = element.querySelector("textarea");
    truthy(document.activeElement === text, "the editor has not the focus");
    text.value = `other ${action}`;
    press(text, key, fields);
    equal([asked.at(-1)[0], asked.at(-1)[1].content, element.querySelector("textarea")], [action, `other ${action}`, null]);
    truthy(element.querySelector(".message").contains(document.activeElement), "the focus is lost");
  }
  way("edit").click();
  press(element.querySelector("textarea"), "Escape");
  equal(asked.length, 4);
});

test("an answer can be saved in other words, and not asked", () => {
  const { element, asked } = thread();
  element.show(open(message("q", null), answer("a", "q")));
  element.querySelector(".message--assistant").edit();
  const text = element.querySelector("textarea");
  text.value = "corrected";
  press(text, "Enter", { ctrlKey: true });
  press(text, "s", { ctrlKey: true });
  equal(asked.map(([action, { content }]) => [action, content]), [["save", "corrected"]]);
});

test("a save shows at once, and what is refused goes back into an editor", () => {
  const { element } = thread();
  const state = open(message("q", null));
  const saving = after(state, sent("k", { kind: "save", messageId: "q", content: "Better words" }));
  element.show(saving);
  equal(element.querySelector(".question").textContent, "Better words");
  element.show(after(saving, { type: "error", code: "message.too_long", message: "No.", request_id: "k" }));
  equal([element.querySelector("textarea").value, element.querySelector(".question").textContent], ["Better words", "text of q"]);
  const saved = after(saving, { type: "page.saved", message: message("q", null, { content: "Better words", revised: true }), client_id: "k" });
  equal([saved.outbox, saved.messages[0].revised], [[], true]);
});

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

test("the turn that stays in place while others are drawn is the first that begins in view", () => {
  const { element } = thread();
  Object.assign(element.parentElement.style, { height: "100px", overflow: "auto" });
  element.show(open(message("q", null), answer("a", "q"), message("r", "a"), answer("b", "r")));
  const turns = [...element.children];
  for (const turn of turns) Object.assign(turn.style, { display: "block", height: "300px", margin: 0 });
  const places = [0, 1, 2].map((turn) => {
    turns[turn].scrollIntoView();
    return turns.indexOf(element.anchorInView);
  });
  element.parentElement.scrollTop = element.parentElement.scrollHeight;
  equal([...places, turns.indexOf(element.anchorInView)], [0, 1, 2, 3]);
});

test("long reasoning stands in parts, and what grows leaves the full ones alone", () => {
  const { element } = thread();
  const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
  const text = "A thought that goes on and on.\n".repeat(2_000);
  const thinking = after(begun, delta("g", 0, text, "reasoning"));
  element.show(thinking);
  const shown = element.querySelector(".reasoning__text");
  const parts = [...shown.children];
  truthy(parts.length >= 4 && parts.every(({ textContent }) => textContent.length <= 16_000), `${parts.length}`);
  const observer = new MutationObserver(() => {});
  observer.observe(shown, { subtree: true, childList: true, characterData: true });
  element.show(after(thinking, delta("g", text.length, "And on.", "reasoning")));
  equal(observer.takeRecords().map(({ target }) => target === parts.at(-1).firstChild), [true]);
  equal(shown.textContent, `${text}And on.`);
});

test("thinking tells its time when it is over", () => {
  const { element } = thread();
  const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
  element.show(begun);
  const thinking = after(begun, delta("g", 0, "hm", "reasoning"));
  element.show(thinking);
  equal(element.querySelector(".reasoning__summary").textContent, "Thinking …");
  const end = { ...ended("g", "a"), timings: { first_delta_ms: 1, duration_ms: 4000, reasoning_ms: 3200 } };
  element.show(after(thinking, delta("g", 2, "Yes."), end));
  equal(element.querySelector(".reasoning__summary").textContent, "Thought for 3.2 s");
});

test("whole sentences are read out, without their marks, and never a part of one", () => {
  const text = "## Rivers\n\nA **river** finds the [sea](https://x). It is";
  equal(spoken(text.slice(0, lastSentenceEnd(text, 0))), "Rivers A river finds the sea.");
  equal([lastSentenceEnd("version 3.14 is", 0), lastSentenceEnd("No end", 0)], [0, 0]);
  equal(spoken("Springs[^1] and streams[^deep].\n\n[^1]: All year."), "Springs and streams. All year.");
  equal(spoken("Look:\n```python\nx = 1\n```\nDone."), "Look: (code) Done.");
});

test("the end of an answer is told, and a running one not word by word", async () => {
  const { element } = thread();
  const status = document.querySelector("[role=status]");
  const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
  element.show(begun);
  const said = [status.textContent];
  const observer = new MutationObserver(() => said.push(status.textContent));
  observer.observe(status, { childList: true });
  const words = after(begun, delta("g", 0, "One. "), delta("g", 5, "Two. "));
  element.show(words);
  await painted();
  element.show(after(words, ended("g", "a", "completed", 10)));
  await painted();
  equal(said, ["The answer is being written.", "One. Two. The answer is complete."]);
});

test("new messages below are counted, and new text is a dot; earlier ones are no news", () => {
  const button = make("button", {}, make("span"));
  const latest = new Latest(button, () => {});
  latest.hold(true);
  latest.show([message("b", "a")]);
  latest.hold(false);
  latest.show([message("a", null), message("b", "a")]);
  equal(button.textContent, "Jump to latest");
  latest.show([message("b", "a"), message("c", "b"), message("d", "c")]);
  equal([button.textContent, button.matches(".composer__latest--news")], ["2 new messages", true]);
});

test("what is copied as formatted text has nothing of the page in it", () => {
  const prose = make("div", { class: "prose" }, make("p", { class: "x", textContent: "A river" }), make("button", { textContent: "Copy" }));
  equal(richOf(prose), "<p>A river</p>");
});

test("earlier messages that could not be loaded are asked for again by hand", () => {
  const { element, asked } = thread();
  const state = { ...open(message("3", "2")), hasOlder: true };
  element.show(state);
  element.show(after(state, { type: "page.older.asked" }));
  truthy(document.querySelector(".thread__older button").hidden);
  element.show(after(state, { type: "page.older.failed", conversationId: "c1" }));
  document.querySelector(".thread__older button").click();
  equal([asked, document.querySelector(".thread__older").textContent.startsWith("Earlier messages could not")], [[["older", {}]], true]);
});

test("a conversation that could not be opened says why, and is tried again", () => {
  const { element } = thread();
  const opening = after(begin(), { type: "page.opening", conversationId: "c1" });
  element.show(after(opening, { type: "page.unopened", failure: { code: "x.y", message: "The database is busy." } }));
  const failure = document.querySelector(".thread__failure");
  truthy(!failure.hidden && failure.textContent.includes("The database is busy."));
  const asked = [];
  document.addEventListener("scripta:reopen", () => asked.push("reopen"), { once: true });
  failure.querySelector("button").click();
  equal(asked, ["reopen"]);
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

/** In which frame each batch of changes of text was made; `stop()` ends the counting. */
function writesOf(element) {
  const frames = [];
  let frame = 0;
  let request = requestAnimationFrame(function tick() {
    frame += 1;
    request = requestAnimationFrame(tick);
  });
  const observer = new MutationObserver(() => frames.push(frame));
  observer.observe(element, { subtree: true, childList: true, characterData: true });
  const stop = () => {
    cancelAnimationFrame(request);
    observer.disconnect();
  };
  return { frames, stop };
}

test("an answer that comes in pieces of a millisecond is written once a frame", async () => {
  const { element } = thread();
  const row = answer("a", "q", { content: "" });
  const store = new Store(reduce, after(open(message("q", null), { ...row, generation: null }), started("g", "a")));
  store.subscribe((state) => element.show(state));
  await painted();
  const { frames, stop } = writesOf(element.querySelector(".prose"));
  const piece = "word **strong** `code` and ";
  for (let number = 0; number < 300; number += 1) {
    store.dispatch(delta("g", number * piece.length, piece));
    const next = performance.now() + 1;
    while (performance.now() < next) await scheduler.postTask(() => {});
  }
  await painted();
  stop();
  truthy(frames.length > 5, `only ${frames.length}`);
  equal(frames.filter((frame, index) => frame === frames[index - 1]), []);
});
