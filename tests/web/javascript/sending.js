/** The reducer: what is sent, confirmed, refused, and given back. */

import { Actions } from "/static/js/live/actions.js";
import { maySend, returnedHere, visibleMessages } from "/static/js/state/view.js";
import { after, begin, created, ended, message, open, refused, sent, snapshot } from "./events.js";
import { equal, test } from "./harness.js";

const ids = (state) => visibleMessages(state).map(({ id }) => id);

test("what is sent is shown at once, and confirmed without a double", () => {
  const shown = after(begin(), sent("k"));
  equal(visibleMessages(shown).map(({ content, pending }) => [content, pending]), [["Hello", true]]);
  equal(maySend(shown), false);
  const confirmed = after(shown, created(message("q", null), { client_id: "k" }));
  equal(ids(confirmed), ["q"]);
  equal(confirmed.messages[0].key, "k");
  equal(confirmed.conversation.id, "c1");
});

test("what is refused is taken back, and its text returned", () => {
  const state = after(open(message("q", null)), sent("k", { parentId: "q" }), refused("message.too_long", "k"));
  equal(ids(state), ["q"]);
  equal(returnedHere(state, "send").map(({ content, message }) => [content, message]), [["Hello", "No."]]);
  const taken = after(state, { type: "page.returned.taken", item: state.returned[0] });
  equal([taken.returned, taken.notice], [[], { code: "message.too_long", message: "No." }]);
});

test("a refused text is kept wherever the page goes and whatever else is refused", () => {
  const left = after(open(message("q", null)), sent("k", { parentId: "q" }), { type: "page.new" });
  equal([ids(left), maySend(left)], [[], true]);
  const state = after(left, refused("server.error", "k"), sent("l", { content: "Other" }), refused("model.gone", "l"), { type: "page.new" });
  equal(state.returned.map(({ content }) => content), ["Hello", "Other"]);
  equal(returnedHere(state, "send"), []);
  equal(after(state, { type: "page.returned.discarded", item: state.returned[0] }).returned.length, 1);
});

test("what was sent before the page left does not take the new page over", () => {
  const state = after(begin(), sent("k"), { type: "page.new" }, created(message("q", null), { client_id: "k" }));
  equal([state.conversation, state.outbox, state.list.items.length], [null, [], 1]);
});

test("a refusal does not end the opening of a conversation", () => {
  const opening = after(open(message("q", null)), sent("k"), { type: "page.opening", conversationId: "c1" }, refused("server.error", "k"));
  equal(opening.opening, "c1");
  equal(ids(after(opening, snapshot([message("x", null)]))), ["x"]);
});

test("a stop is pending until the generation ends or the stop is refused", () => {
  const stopping = after(begin(), { type: "page.stopping", generationId: "g", requestId: "r" });
  equal(stopping.stopping, { g: "r" });
  equal(after(stopping, ended("h", "b"), refused("x.y", "s")).stopping, { g: "r" });
  equal(after(stopping, ended("g", "a")).stopping, {});
  equal(after(stopping, refused("server.error", "r")).stopping, {});
});

test("an edit and a retry show what they will change at once", () => {
  const page = open(message("q", null), message("a", "q"));
  equal(visibleMessages(after(page, sent("k", { kind: "edit", content: "Other" }))).map(({ content }) => content), ["Other"]);
  equal(visibleMessages(after(page, sent("k", { kind: "retry", parentId: "q" }))).map(({ role }) => role), ["user", "assistant"]);
  equal(ids(after(page, sent("k", { kind: "continue", parentId: "q" }))), ["q", "a"]);
});

test("a second press on Continue asks for no more", () => {
  const controller = {
    state: open(message("q", null), message("a", "q", { role: "assistant" })),
    begin: ({ client_id }, pending) => (controller.state = after(controller.state, sent(client_id, { content: undefined, ...pending }))),
  };
  const actions = new Actions(controller);
  const answer = controller.state.messages[1];
  actions.continue({ message: answer });
  actions.continue({ message: answer });
  equal(controller.state.outbox.length, 1);
  controller.state = after(controller.state, refused("generation.running", controller.state.outbox[0].clientId));
  actions.continue({ message: answer });
  equal(controller.state.outbox.length, 1);
});
