/** Elements: what they show of the state, and what they ask for. */

import "/static/js/elements/notices.js";
import "/static/js/elements/thread.js";
import { after, begin, CONVERSATION, message, refused, sent } from "./events.js";
import { equal, test, truthy } from "./harness.js";

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

function notices(state) {
  const element = document.createElement("scripta-notices");
  document.body.replaceChildren(element);
  const asked = [];
  for (const action of ["dismiss", "put-back", "discard"]) element.addEventListener(`scripta:${action}`, ({ detail }) => asked.push([action, detail.item?.content]));
  element.show(state);
  return { element, asked, buttons: element.querySelectorAll("button") };
}

test("what was refused is told until it is dismissed", () => {
  const { element, asked, buttons } = notices({ notice: { code: "server.error", message: "No." }, returned: [] });
  buttons[0].click();
  equal([element.querySelector(".notice-line__words").textContent, asked], ["No.", [["dismiss", undefined]]]);
  element.show({ notice: null, returned: [] });
  equal(element.childElementCount, 0);
});

test("a refused text can be put back or thrown away", () => {
  const { returned } = after(begin(), sent("k"), refused("server.error", "k"));
  const { asked, buttons } = notices({ notice: null, returned });
  for (const button of buttons) button.click();
  equal(asked, [["put-back", "Hello"], ["discard", "Hello"]]);
});
