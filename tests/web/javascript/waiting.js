/** What waits in the queue, what a conversation is asked with, and the temporary chat. */

import "/static/js/elements/queue.js";
import { takeRefusal } from "/static/js/live/refusals.js";
import { carryOn } from "/static/js/live/temporary.js";
import { Sending } from "/static/js/live/sending.js";
import { fitted } from "/static/js/live/transcript.js";
import { panelStrings } from "/static/js/page/panel-strings.js";
import { strings } from "/static/js/page/strings.js";
import { whyQueueWaits } from "/static/js/state/queue.js";
import { transcriptOf, wouldLose } from "/static/js/state/temporary.js";
import { maySend, returnedHere, visibleMessages } from "/static/js/state/view.js";
import { after, begin, CONVERSATION, created, ended, message, open, sent, snapshot, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";
import { press } from "./thread.js";

const queued = (id, fields = {}) => ({ id, client_id: `k${id}`, conversation_id: "c1", parent_id: "a", content: `Text of ${id}`, models: [], created_at: "2026-01-01T00:00:00Z", ...fields });
const told = (item) => ({ type: "message.queued", queued: item });
const unqueued = (id) => ({ type: "message.unqueued", queued_id: id, client_id: `k${id}`, conversation_id: "c1", reason: "sent" });
const answer = (id, parent, fields = {}) => message(id, parent, { role: "assistant", ...fields });
const running = () => after(open(message("q", null), answer("a", "q", { content: "" })), started("g", "a"));
const TEMPORARY = { ...CONVERSATION, temporary: true };
const words = { type: "page.settings", settings: { system_prompt: "In verse.", parameters: { seed: 1 } } };

function sending(state) {
  const begun = [];
  const notices = [];
  const controller = { state, begin: (command, pending) => begun.push({ command, pending }), notice: (words) => notices.push(words) };
  return { sending: new Sending(controller), begun, notices };
}

const PICKED = [{ connection_id: "x", model_id: "m1", label: "m1" }];

test("what is sent while an answer runs waits above the composer and not in the thread", () => {
  const pending = after(running(), sent("k1", { kind: "queue", parentId: "a", content: "Next" }));
  equal(visibleMessages(pending).map(({ id }) => id), ["q", "a"]);
  const kept = after(pending, told(queued("1")), told(queued("2")), told(queued("1", { content: "Other" })));
  equal([kept.outbox, kept.queued.map(({ content }) => content)], [[], ["Other", "Text of 2"]]);
  equal(after(kept, unqueued("1")).queued.map(({ id }) => id), ["2"]);
  equal(after(kept, { type: "page.new" }).queued, []);
  equal(after(kept, told(queued("3", { conversation_id: "c2" }))).queued.length, 2);
  equal(after(kept, { ...snapshot([message("q", null)]), queued: [queued("9")] }).queued.map(({ id }) => id), ["9"]);
});

test("the queue says why it waits", () => {
  equal(whyQueueWaits(after(running(), told(queued("1")))), null);
  for (const status of ["stopped", "failed", "interrupted"]) equal(whyQueueWaits(after(running(), told(queued("1")), ended("g", "a", status))), status);
  equal(whyQueueWaits(after(running(), ended("g", "a"))), null);
});

test("a waiting message that was refused says why where it stands, and nothing says that it goes out", () => {
  const element = document.createElement("scripta-queue");
  document.body.replaceChildren(element);
  const states = () => [...element.querySelectorAll(".queue__state")].map((node) => [node.closest("li")?.dataset.id, node.textContent]);
  const refusal = { code: "model.gone", message: "This model is not available any more." };
  const waiting = after(running(), told(queued("1", { refusal: null })), told(queued("2", { refusal: null })));
  element.show(waiting);
  equal(states(), [[undefined, panelStrings.queue.next]]);
  const refused = after(waiting, told(queued("1", { refusal })));
  element.show(refused);
  equal(states(), [["1", panelStrings.queue.refused(refusal.message)]]);
  element.show(after(refused, ended("g", "a", "stopped")));
  equal(states(), [[undefined, panelStrings.queue.waits.stopped], ["1", panelStrings.queue.refused(refusal.message)]]);
  element.show(after(refused, told(queued("1", { content: "Shorter", refusal: null }))));
  equal(states(), [[undefined, panelStrings.queue.next]]);
});

test("a waiting message is sent now, changed or deleted; its editor is not drawn anew under the writer's hands", () => {
  const element = document.createElement("scripta-queue");
  document.body.replaceChildren(element);
  const asked = [];
  for (const action of ["queue-send", "queue-change", "queue-remove"]) element.addEventListener(`scripta:${action}`, ({ detail }) => asked.push([action, detail]));
  const state = after(running(), told(queued("1")), told(queued("2")));
  element.show(state);
  const [now, edit, remove] = element.querySelectorAll("li:first-child button");
  now.click();
  remove.click();
  equal(asked.map(([action, { queued: { id } }]) => [action, id]), [["queue-send", "1"], ["queue-remove", "1"]]);
  edit.click();
  const field = element.querySelector("textarea");
  field.value = "Better words";
  element.show(after(state, told(queued("3"))));
  equal([field.isConnected, field.value], [true, "Better words"]);
  const enter = (fields) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...fields }));
  enter({ isComposing: true });
  enter({});
  equal([asked.length, asked[2][1].content], [3, "Better words"]);
  asked[2][1].done(false);
  truthy(field.isConnected, "what could not be kept is gone");
  asked[2][1].done(true);
  equal(element.querySelectorAll("li").length, 3);
});

test("the focus stays on its button while the queue is drawn anew, and goes on to the next message", () => {
  const element = document.createElement("scripta-queue");
  document.body.replaceChildren(element);
  const focused = () => [document.activeElement.closest("li")?.dataset.id, document.activeElement.dataset.way];
  const [one, two, three] = [["1"], ["1", "2"], ["1", "2", "3"]].map((ids) => after(running(), ...ids.map((id) => told(queued(id)))));
  element.show(two);
  element.querySelector('[data-id="2"] [data-way="remove"]').focus();
  element.show(three);
  equal(focused(), ["2", "remove"]);
  element.show(after(three, unqueued("2")));
  equal(focused(), ["3", "remove"]);
  element.show(one);
  equal(focused(), ["1", "remove"]);
  element.querySelector('[data-way="edit"]').click();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  equal(focused(), ["1", "edit"]);
  element.show(after(one, unqueued("1")));
  equal(element.childElementCount, 0);
});

test("a held key presses one button, and a second pencil leads to the editor that is open", () => {
  const element = document.createElement("scripta-queue");
  document.body.replaceChildren(element);
  element.show(after(running(), told(queued("1")), told(queued("2"))));
  const pencils = element.querySelectorAll('[data-way="edit"]');
  const pressed = (repeat) => pencils[0].dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, repeat }));
  equal([pressed(false), pressed(true)], [true, false]);
  pencils[0].click();
  const field = element.querySelector("textarea");
  field.value = "Half";
  pencils[1].focus();
  pencils[1].click();
  equal([element.querySelectorAll("textarea").length, field.value, document.activeElement === field], [1, "Half", true]);
});

test("a new conversation is asked with its instructions, one that exists has its own", () => {
  const { sending: first, begun } = sending(after(begin(), words));
  first.send({ content: "Hi", choices: PICKED });
  const { command } = begun[0];
  equal([command.system_prompt, command.parameters, command.connection_id, command.model_ids], ["In verse.", { seed: 1 }, "x", ["m1"]]);
  const there = sending(after(open(message("q", null), answer("a", "q")), words));
  there.sending.send({ content: "Hi", choices: [...PICKED, { connection_id: "y", model_id: "m2" }] });
  const next = there.begun[0].command;
  equal([next.system_prompt, next.parent_id, next.models], [undefined, "a", [{ connection_id: "x", model_id: "m1" }, { connection_id: "y", model_id: "m2" }]]);
});

test("a temporary chat takes along what was said, without what was never answered", () => {
  const messages = [message("q", null), answer("a", "q"), message("q2", "a"), answer("b", "q2", { content: "" })];
  const state = after(begin({ conversation: TEMPORARY, messages }), words);
  equal(transcriptOf(state).map(({ role }) => role), ["system", "user", "assistant"]);
  equal(transcriptOf(state, messages[0]).map(({ content }) => content), ["In verse."]);
  const { sending: made, begun } = sending({ ...state, temporary: true });
  made.resend({ question: messages[2], choices: PICKED });
  const { command, pending } = begun[0];
  equal([command.content, command.parent_id, command.conversation_id, command.temporary], ["text of q2", "a", "c1", true]);
  equal([command.transcript.length, command.system_prompt, pending.anew.conversation_id], [3, undefined, undefined]);
});

test("a temporary chat is chosen before the first message, is in no list, and is lost when the page goes", () => {
  const on = after(begin(), { type: "page.temporary", on: true });
  equal([on.temporary, wouldLose(on)], [true, false]);
  const begun = after(on, sent("k"), created(message("q", null), { client_id: "k", conversation: TEMPORARY }));
  equal([begun.list.items, wouldLose(begun), begun.conversation.id], [[], true, "c1"]);
  equal(after(begun, { type: "page.temporary", on: false }).temporary, true);
  equal(after(begun, { type: "page.new" }).temporary, false);
  equal(after(open(message("q", null)), { type: "page.temporary", on: true }).temporary, false);
  const writing = after(begun, created(answer("a", "q", { content: "" }), { conversation: TEMPORARY }), started("g", "a"));
  equal(maySend(writing), false);
});

test("what the server has forgotten goes on from the page", () => {
  const state = { ...after(begin({ conversation: TEMPORARY, messages: [message("q", null), answer("a", "q", { content: "Half" })] }), started("g", "a")), temporary: true };
  const gone = after(state, { type: "page.temporary.gone" });
  equal([gone.conversation, gone.messages.length, gone.messages[1].generation.status, gone.running], [null, 2, "interrupted", {}]);
  const delivered = [];
  const notices = [];
  const controller = { state: { ...state, outbox: [{ clientId: "k", anew: { type: "message.send" } }] }, dispatch: () => {}, deliver: (command) => delivered.push(command), notice: (words) => notices.push(words) };
  carryOn(controller, { code: "conversation.not_found", request_id: "k" });
  carryOn(controller, { code: "conversation.not_found", request_id: "other" });
  equal([delivered, notices.length], [[{ type: "message.send", request_id: "k" }], 1]);
});

const spoken = (count, characters) => Array.from({ length: count }, (_, index) => ({ role: index % 2 ? "assistant" : "user", content: characters }));
const SYSTEM = { role: "system", content: "In verse." };

test("of a long temporary chat the newest whole turns go along, as far as the server takes them", () => {
  const many = fitted([SYSTEM, ...spoken(300, "word")], "Hi");
  equal([many.transcript.length, many.omitted, many.transcript[0], many.transcript[1].role], [199, 102, SYSTEM, "user"]);
  const long = fitted(spoken(10, "x".repeat(90_000)), "Hi");
  equal([long.transcript.length, long.omitted], [4, 6]);
  const heavy = fitted([SYSTEM, ...spoken(10, "水".repeat(39_000))], "水".repeat(32_000));
  equal([heavy.transcript.length, heavy.omitted], [7, 4]);
  truthy(new TextEncoder().encode(JSON.stringify(heavy)).length < 1_000_000, "it does not fit a frame");
  equal(fitted([SYSTEM, ...spoken(4, "word")], "Hi"), { transcript: [SYSTEM, ...spoken(4, "word")], omitted: 0 });
});

test("the page tells what of a temporary chat was left out", () => {
  const row = (index) => message(`m${index}`, index ? `m${index - 1}` : null, { role: index % 2 ? "assistant" : "user" });
  const state = { ...begin({ conversation: TEMPORARY, messages: Array.from({ length: 300 }, (_, index) => row(index)) }), temporary: true };
  const { sending: made, begun, notices } = sending(state);
  made.send({ content: "Hi", choices: PICKED });
  equal([begun[0].command.transcript.length, notices], [200, [strings.temporary.omitted(100)]]);
});

test("a waiting message that has gone out already is not told as a failure", () => {
  const state = after(running(), told(queued("1")));
  const following = { isAnsweredBy: () => false };
  const refusal = (request_id, code = "queued_message.not_found") => ({ type: "error", code, message: "No.", request_id });
  const hears = (event) => takeRefusal({ state }, following, event, () => {});
  equal([hears(refusal("gone")), hears(refusal("1")), hears(refusal("gone", "server.error"))], [false, true, true]);
  const delivered = [];
  new Sending({ state, deliver: (command) => delivered.push(command) }).sendNow({ queued: queued("1") });
  equal(delivered, [{ type: "queue.send", request_id: "1", queued_id: "1" }]);
});

test("a message that goes out while it is being changed leaves the words that were not saved", () => {
  const element = document.createElement("scripta-queue");
  document.body.replaceChildren(element);
  const gone = [];
  element.addEventListener("scripta:queue-gone", ({ detail }) => gone.push(detail));
  const state = after(running(), told(queued("1")));
  const edit = (words) => {
    element.show(state);
    element.querySelectorAll("button")[1].click();
    element.querySelector("textarea").value = words;
  };
  edit("Better words");
  element.show(after(state, unqueued("1")));
  equal([gone.length, gone[0].content, element.childElementCount], [1, "Better words", 0]);
  edit(state.queued[0].content);
  element.show(after(state, unqueued("1")));
  edit("Saved words");
  const saved = after(state, told(queued("1", { content: "Saved words" })));
  element.show(saved);
  element.show(after(saved, unqueued("1")));
  equal(gone.length, 1);
  const item = { clientId: "x", kind: "queue", conversationId: "c1", content: "Better words", message: "Gone.", code: "page.notice" };
  const back = after(state, { type: "page.returned", item });
  equal([returnedHere(back, "queue").length, returnedHere(after(state, { type: "page.new" }, { type: "page.returned", item }), "queue").length], [1, 0]);
});

test("a waiting message that is changed hears the key that sends", () => {
  for (const [send_key, saving] of [["enter", {}], ["ctrl_enter", { ctrlKey: true }]]) {
    const element = document.createElement("scripta-queue");
    document.body.replaceChildren(element);
    const asked = [];
    element.addEventListener("scripta:queue-change", ({ detail }) => asked.push(detail.content));
    element.show({ ...after(running(), told(queued("1"))), preferences: { send_key } });
    element.querySelector('[data-way="edit"]').click();
    const field = element.querySelector("textarea");
    field.value = "Better words";
    press(field, "Enter", { shiftKey: true });
    if (send_key === "ctrl_enter") press(field, "Enter");
    equal([asked, field.isConnected], [[], true]);
    press(field, "Enter", saving);
    equal(asked, ["Better words"]);
  }
});
