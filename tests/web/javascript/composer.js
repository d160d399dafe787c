/** The composer: what it sends and when, what comes back, and what it says. */

import "/static/js/elements/composer.js";
import { Drafts } from "/static/js/live/drafts.js";
import { make } from "/static/js/page/dom.js";
import { sends } from "/static/js/page/keys.js";
import { after, begin, CONVERSATION, created, delta, message, refused, sent, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";

const OPEN = { type: "page.link", link: { status: "open" } };

function composer({ choices = [{}], problem = null } = {}) {
  const part = (tag, name) => make(tag, { class: `composer__${name}` });
  const element = make("scripta-composer", {}, make("form", {}, part("textarea", "text"), part("output", "count"), part("button", "send"), part("button", "stop")));
  document.body.replaceChildren(element);
  const asked = [];
  for (const action of ["taken", "stop", "send", "edit-last"]) element.addEventListener(`scripta:${action}`, ({ detail }) => asked.push([action, detail]));
  element.begin({ choices, problem }, new Drafts(() => new Promise(() => {}), { id: "u" }));
  const [text, send, stop] = ["text", "send", "stop"].map((name) => element.querySelector(`.composer__${name}`));
  return { element, asked, text, send, stop, count: element.querySelector(".composer__count") };
}

function write(field, words) {
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function press(field, key, fields = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...fields });
  if (fields.keyCode) Object.defineProperty(event, "keyCode", { value: fields.keyCode });
  field.dispatchEvent(event);
  return event.defaultPrevented;
}

const running = (...more) =>
  after(begin({ conversation: CONVERSATION }), created(message("a", null, { role: "assistant", content: "" })), started("g", "a"), delta("g", 0, "x"), ...more);

test("without a model nothing is sent, and the reason is told", () => {
  const { element, text, send, count } = composer({ choices: null, problem: "small is not available; pick another." });
  element.show(begin({ conversation: CONVERSATION }));
  write(text, "private");
  equal([send.disabled, count.textContent], [true, "small is not available; pick another."]);
});

test("a refused text comes back where nothing else is written, and waits where something is", () => {
  const { element, asked, text } = composer();
  const state = after(begin(), sent("k"), refused("server.error", "k"));
  element.show(state);
  equal([text.value, asked.length], ["Hello", 1]);

  const busy = composer();
  busy.element.show(begin());
  write(busy.text, "Something else");
  busy.element.show(state);
  write(busy.text, "");
  busy.element.show(after(state, OPEN));
  equal([busy.text.value, busy.asked], ["", []]);
  write(busy.text, "Something else");
  busy.element.putBack("Hello");
  equal(busy.text.value, "Hello\n\nSomething else");
});

test("a text that was refused elsewhere does not come by itself", () => {
  const { element, asked, text } = composer();
  element.show(after(begin(), sent("k"), { type: "page.opening", conversationId: "c2" }, refused("server.error", "k")));
  equal([text.value, asked], ["", []]);
});

test("each conversation has its own text", () => {
  const { element, text } = composer();
  element.show(begin());
  write(text, "draft");
  const elsewhere = after(begin(), { type: "page.opening", conversationId: "c2" });
  element.show(elsewhere);
  equal(text.value, "");
  write(text, "other");
  const back = after(elsewhere, { type: "page.new" });
  element.show(back);
  equal(text.value, "draft");
  element.show(after(back, { type: "page.opening", conversationId: "c2" }));
  equal(text.value, "other");
});

test("what is written while the first message is on its way goes with its conversation", () => {
  const { element, text } = composer();
  element.show(begin());
  const pending = after(begin(), sent("k"));
  element.show(pending);
  write(text, "and more");
  const there = after(pending, created(message("q", null), { client_id: "k" }));
  element.show(there);
  equal(text.value, "and more");
  element.show(after(there, { type: "page.new" }));
  equal(text.value, "");
});

test("Stop waits from the click to the end, and can be pressed again when it was refused", () => {
  const { element, asked, stop } = composer();
  element.show(running());
  stop.click();
  equal([asked, stop.disabled], [[["stop", { generationId: "g" }]], false]);
  const stopping = running({ type: "page.stopping", generationId: "g", requestId: "r" });
  element.show(stopping);
  equal(stop.disabled, true);
  element.show(after(stopping, { type: "page.link", link: { status: "waiting" } }, OPEN));
  equal(stop.disabled, true);
  element.show(after(stopping, refused("server.error", "r")));
  equal(stop.disabled, false);
});

test("while an answer runs one can stop it and send, in a temporary chat only stop", () => {
  const { element, asked, text, send, stop, count } = composer();
  element.show(running(OPEN));
  write(text, "next");
  equal([send.disabled, stop.hidden, send.title], [false, false, "Send when the answer is complete"]);
  element.show({ ...running(OPEN), temporary: true });
  write(text, "next");
  equal([send.disabled, stop.hidden], [true, false]);
  truthy(count.textContent.includes("no queue"));
  press(text, "Enter");
  equal([asked, text.value], [[], "next"]);
});

test("Enter sends, Shift+Enter never, and no key of an input method", () => {
  const { element, asked, text } = composer();
  element.show(begin());
  write(text, "Hello");
  for (const fields of [{ shiftKey: true }, { isComposing: true }, { keyCode: 229 }, { altKey: true }]) equal(press(text, "Enter", fields), false);
  equal([asked, text.value], [[], "Hello"]);
  equal([press(text, "Enter"), text.value, asked[0][1].content], [true, "", "Hello"]);
});

test("where Ctrl+Enter is set, Enter makes a line", () => {
  const event = (fields) => ({ key: "Enter", ...fields });
  equal([event({}), event({ ctrlKey: true }), event({ metaKey: true }), event({ ctrlKey: true, shiftKey: true })].map((key) => sends(key, "ctrl_enter")), [false, true, true, false]);
  equal([event({}), event({ ctrlKey: true }), { key: "a" }].map((key) => sends(key)), [true, true, false]);
});

test("who would send before the last message is confirmed is told why that waits, until it need not", () => {
  const { element, asked, text, count } = composer();
  const state = after(begin({ conversation: CONVERSATION }), OPEN);
  const pending = after(state, sent("k"));
  element.show(pending);
  write(text, "and more");
  equal(count.textContent, "");
  press(text, "Enter");
  equal([count.textContent, text.value, asked], ["Your last message goes out first.", "and more", []]);
  element.show(after(pending, created(message("q", null), { client_id: "k" })));
  equal(count.textContent, "");
  element.show(after(state, sent("l")));
  equal(count.textContent, "");
});

test("under a finger Enter makes a line whatever is set, Ctrl+Enter sends, and no name tells otherwise", () => {
  const { matchMedia } = globalThis;
  globalThis.matchMedia = (query) => ({ matches: query === "(pointer: coarse)" });
  try {
    for (const send_key of ["enter", "ctrl_enter"]) {
      const { element, asked, text, send } = composer();
      element.show({ ...begin(), preferences: { send_key } });
      write(text, "Hello");
      equal([press(text, "Enter"), asked, send.title, text.enterKeyHint], [false, [], "Send", "enter"]);
      equal([press(text, "Enter", { ctrlKey: true }), asked[0][1].content, text.value], [true, "Hello", ""]);
    }
  } finally {
    globalThis.matchMedia = matchMedia;
  }
});

test("arrow up edits the last message only where nothing is written", () => {
  const { element, asked, text } = composer();
  element.show(begin());
  press(text, "ArrowUp");
  write(text, "x");
  press(text, "ArrowUp");
  equal(asked.map(([action]) => action), ["edit-last"]);
});

test("what is too long is kept whole, and told by how much", () => {
  const { element, text, send, count } = composer();
  element.show(begin());
  write(text, "x".repeat(130));
  equal([text.value.length, send.disabled], [130, true]);
  equal(count.textContent, "130 characters; the limit is 100. Shorten it by 30.");
});

test("where the page has to tell the height, it measures a text once and keeps its place", () => {
  const { supports } = CSS;
  CSS.supports = () => false;
  try {
    const { element, text } = composer();
    text.style.maxBlockSize = "100px";
    element.show(begin({ conversation: CONVERSATION }));
    write(text, "line\n".repeat(40));
    text.scrollTop = 120;
    let measured = 0;
    const height = Object.getOwnPropertyDescriptor(Element.prototype, "scrollHeight").get;
    Object.defineProperty(text, "scrollHeight", { get: () => (measured += 1) && height.call(text) });
    element.show(running(OPEN));
    element.show(running());
    equal([measured, text.scrollTop], [0, 120]);
    write(text, "line\n".repeat(41));
    equal([measured, text.scrollTop], [1, 120]);
    dispatchEvent(new Event("resize"));
    equal(measured, 2);
  } finally {
    CSS.supports = supports;
  }
});

test("where Ctrl+Enter sends, Enter is a line for the writer, and the page says so", () => {
  const { element, asked, text, send } = composer();
  element.show({ ...begin(), preferences: { send_key: "ctrl_enter" } });
  write(text, "Hello");
  equal([press(text, "Enter"), asked, send.title, text.enterKeyHint], [false, [], "Send (Ctrl+Enter)", "enter"]);
  equal([press(text, "Enter", { ctrlKey: true }), asked[0][1].content, text.value], [true, "Hello", ""]);
});

test("a long text that is pasted is kept whole, and told by how much it is too long", () => {
  const { element, text, send, count } = composer();
  element.show(begin());
  text.focus();
  document.execCommand("insertText", false, "水".repeat(50_000));
  equal([text.value.length, send.disabled, count.textContent.startsWith("50,000 characters")], [50_000, true, true]);
});
