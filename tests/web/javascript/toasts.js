/** Toasts: how long they stay, what their button does, and where the focus goes. */

import "/static/js/elements/toasts.js";
import { make } from "/static/js/page/dom.js";
import { toast } from "/static/js/page/toasts.js";
import { equal, test, truthy } from "./harness.js";

const now = { time: 0, timers: new Map() };
let timerIds = 0;

/** Time passes when the test says so. */
function withClock() {
  now.timers.clear();
  globalThis.setTimeout = (callback, delay) => now.timers.set(++timerIds, { callback, at: now.time + delay }) && timerIds;
  globalThis.clearTimeout = (id) => now.timers.delete(id);
  Date.now = () => now.time;
}

function pass(milliseconds) {
  now.time += milliseconds;
  for (const [id, { callback, at }] of [...now.timers]) {
    if (at <= now.time && now.timers.delete(id)) callback();
  }
}

function region() {
  const element = document.createElement("scripta-toasts");
  const field = make("input", { type: "text" });
  document.body.replaceChildren(field, element);
  withClock();
  return { element, field, words: () => [...element.querySelectorAll("p")].map((line) => line.textContent) };
}

test("a toast says its text as text and goes after six seconds", () => {
  const { element, words } = region();
  element.add({ text: "<b>Saved</b>" });
  equal(words(), ["<b>Saved</b>"]);
  pass(5_900);
  equal(words().length, 1);
  pass(200);
  equal(words(), []);
});

test("one with an action stays for eight seconds at least, and acts once", () => {
  const { element, words } = region();
  let acted = 0;
  element.add({ text: "Deleted", action: { label: "Undo", run: () => (acted += 1) } });
  pass(8_000);
  equal(words(), ["Deleted"]);
  element.querySelector(".toast__way").click();
  equal([acted, words()], [1, []]);
});

test("none goes while the focus is on it, and the focus goes back where it was", () => {
  const { element, field, words } = region();
  field.focus();
  element.add({ text: "Deleted", action: { label: "Undo", run() {} } });
  truthy(element.enter());
  equal(document.activeElement.textContent, "Undo");
  pass(60_000);
  equal(words(), ["Deleted"]);
  document.activeElement.click();
  truthy(document.activeElement === field);
});

test("Escape takes the newest, but not what composes or what was answered", () => {
  const { element, words } = region();
  element.add({ text: "one" });
  element.add({ text: "two" });
  const press = (options) => document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", cancelable: true, ...options }));
  press({ isComposing: true });
  equal(words(), ["one", "two"]);
  press();
  equal(words(), ["one"]);
});

test("the oldest makes room for a fourth", () => {
  const { element, words } = region();
  for (const text of ["one", "two", "three", "four"]) element.add({ text });
  equal(words(), ["two", "three", "four"]);
});

test("anybody may ask for one", () => {
  const asked = [];
  document.addEventListener("scripta:toast", ({ detail }) => asked.push(detail.text), { once: true });
  toast("Hello");
  equal(asked, ["Hello"]);
});
