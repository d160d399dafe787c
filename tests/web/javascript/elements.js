/** Elements: what they show of the state, and what they ask for. */

import "/static/js/elements/composer.js";
import "/static/js/elements/notices.js";
import "/static/js/elements/thread.js";
import { make } from "/static/js/page/dom.js";
import { after, begin, CONVERSATION, created, delta, message, refused, sent, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";

function composer({ choice = {}, problem = null } = {}) {
  const part = (tag, name) => make(tag, { class: `composer__${name}` });
  const element = make("scripta-composer", {}, make("form", {}, part("textarea", "text"), part("output", "count"), part("button", "send"), part("button", "stop")));
  document.body.replaceChildren(element);
  const asked = [];
  for (const action of ["taken", "stop", "send"]) element.addEventListener(`scripta:${action}`, ({ detail }) => asked.push([action, detail]));
  element.begin({ choice, problem });
  const [text, send, stop] = ["text", "send", "stop"].map((name) => element.querySelector(`.composer__${name}`));
  return { element, asked, text, send, stop, count: element.querySelector(".composer__count") };
}

test("without a model nothing is sent, and the reason is told", () => {
  const { element, text, send, count } = composer({ choice: null, problem: "small is not available; pick another." });
  text.value = "private";
  element.show(begin({ conversation: CONVERSATION }));
  equal([send.disabled, count.textContent], [true, "small is not available; pick another."]);
});

test("a refused text comes back where nothing else is written, and waits where something is", () => {
  const { element, asked, text } = composer();
  const state = after(begin(), sent("k"), refused("server.error", "k"));
  element.show(state);
  equal([text.value, asked.length], ["Hello", 1]);

  const busy = composer();
  busy.text.value = "Something else";
  busy.element.show(state);
  busy.text.value = "";
  busy.element.show(after(state, { type: "page.link", link: { status: "open" } }));
  equal([busy.text.value, busy.asked], ["", []]);
  busy.text.value = "Something else";
  busy.element.putBack("Hello");
  equal(busy.text.value, "Hello\n\nSomething else");
});

test("a text that was refused elsewhere does not come by itself", () => {
  const { element, asked, text } = composer();
  element.show(after(begin(), sent("k"), { type: "page.opening", conversationId: "c2" }, refused("server.error", "k")));
  equal([text.value, asked], ["", []]);
});

test("what was written for a new conversation is not kept for the next one", () => {
  const { element, text } = composer();
  text.value = "draft";
  element.show(begin());
  const elsewhere = after(begin(), { type: "page.opening", conversationId: "c2" });
  element.show(elsewhere);
  element.show(after(elsewhere, { type: "page.new" }));
  equal(text.value, "draft");
  text.value = "";
  element.show(after(elsewhere, { type: "page.opening", conversationId: "c2" }));
  element.show(after(elsewhere, { type: "page.new" }, { type: "page.new" }));
  equal(text.value, "");
});

test("Stop waits from the click to the end, and can be pressed again when it was refused", () => {
  const { element, asked, stop } = composer();
  const running = after(begin({ conversation: CONVERSATION }), created(message("a", null, { content: "" })), started("g", "a"), delta("g", 0, "x"));
  element.show(running);
  stop.click();
  equal([asked, stop.disabled], [[["stop", { generationId: "g" }]], false]);
  const stopping = after(running, { type: "page.stopping", generationId: "g", requestId: "r" });
  element.show(stopping);
  equal(stop.disabled, true);
  element.show(after(stopping, { type: "page.link", link: { status: "waiting" } }, { type: "page.link", link: { status: "open" } }));
  equal(stop.disabled, true);
  element.show(after(stopping, refused("server.error", "r")));
  equal(stop.disabled, false);
});

test("refused texts stand in the notice until they are put back or thrown away", () => {
  const element = document.createElement("scripta-notices");
  document.body.replaceChildren(element);
  const asked = [];
  for (const action of ["put-back", "discard"]) element.addEventListener(`scripta:${action}`, ({ detail }) => asked.push([action, detail.item.content]));
  const state = after(begin(), sent("k", { content: "<b>Hello</b>" }), refused("model.gone", "k"));
  element.show(state);
  truthy(element.textContent.includes("No.") && element.textContent.includes("<b>Hello</b>"));
  for (const button of element.querySelectorAll("button")) button.click();
  equal(asked, [["put-back", "<b>Hello</b>"], ["discard", "<b>Hello</b>"]]);
});

function thread() {
  const element = document.createElement("scripta-thread");
  document.body.replaceChildren(element);
  element.begin();
  return element;
}

test("the editor of a refused edit opens again with its words", () => {
  const element = thread();
  const taken = [];
  element.addEventListener("scripta:taken", ({ detail }) => taken.push(detail.item.content));
  const state = begin({ conversation: CONVERSATION, messages: [message("q", null), message("a", "q", { role: "assistant" })] });
  element.show(state);
  const pending = after(state, sent("k", { kind: "edit", content: "Other words", messageId: "q" }));
  element.show(pending);
  element.show(after(pending, refused("model.gone", "k")));
  equal([element.querySelector("textarea").value, taken], ["Other words", ["Other words"]]);
});

test("the first message stays where it is when others come above it", () => {
  const element = thread();
  const state = begin({ conversation: CONVERSATION, messages: [message("3", "2"), message("4", "3")] });
  equal(element.anchorFor(state), null);
  element.show(state);
  equal(element.anchorFor(state), null);
  const before = { type: "page.older", conversationId: "c1", before: "3", messages: [message("1", null), message("2", "1")], hasOlder: false };
  truthy(element.anchorFor(after(state, before)) === element.firstElementChild);
  equal(element.anchorFor(after(state, { type: "page.new" })), null);
});
