/** Changing what was said: an editor in the place of its message. */

import { after, created, delta, message, open, sent, started } from "./events.js";
import { equal, painted, test, truthy } from "./harness.js";
import { answer, press, thread } from "./thread.js";

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
  equal(asked.map(([action, { messageId, content }]) => [action, messageId, content]), [["editor-gone", "q", "half written"]]);
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
