/** The reducer: answers that are being written, and how far the page has read them. */

import { positions } from "/static/js/state/generation.js";
import { headId, runningGeneration, visibleMessages } from "/static/js/state/view.js";
import { after, created, delta, ended, message, open, runs, snapshot, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";

const ids = (state) => visibleMessages(state).map(({ id }) => id);

test("an answer grows by its deltas, and ends once", () => {
  const answer = message("a", "q", { role: "assistant", content: "" });
  const running = after(open(message("q", null)), created(answer), started("g", "a"), delta("g", 0, "hm", "reasoning"), delta("g", 2, "Wa"), delta("g", 4, "ter"));
  equal([running.messages[1].content, running.messages[1].reasoning], ["Water", "hm"]);
  equal(runningGeneration(running), "g");
  const done = after(running, ended("g", "a", "stopped"));
  equal([done.messages[1].generation.status, runningGeneration(done), headId(done)], ["stopped", null, "a"]);
});

test("an answer that goes on keeps the text it had", () => {
  const state = after(open(message("q", null), message("a", "q", { content: "Wat" })), started("g2", "a"), delta("g2", 0, "er"));
  equal(state.messages[1].content, "Water");
});

test("a snapshot from a later position follows the text of the page", () => {
  const base = after(open(message("q", null)), created(message("a", "q", { content: "" })), started("g", "a"), delta("g", 0, "Wa"));
  const later = after(base, snapshot([message("q", null), message("a", "q", { content: "" })], [runs("g", "a", 2, "ter")]));
  equal([later.messages[1].content, positions(later)], ["Water", { g: 5 }]);
});

test("a snapshot from a position whose text the page has not is asked for again", () => {
  const state = after(open(message("q", null)), snapshot([message("q", null), message("a", "q", { content: "" })], [runs("g", "a", 2, "ter")]));
  equal([ids(state), state.stale, positions(state)], [["q"], true, {}]);
});

test("positions are those of texts that the page shows", () => {
  const answer = message("a", "q", { role: "assistant", content: "" });
  const running = after(open(message("q", null)), created(answer), started("g", "a"), delta("g", 0, "Water"));
  equal(positions(running), { g: 5 });
  equal(positions(after(running, created(message("q2", null)))), {});
  equal(positions(after(running, snapshot([message("q2", null), message("a2", "q2")]))), {});
  equal(positions(after(running, { type: "page.opening", conversationId: "c2" })), {});
  equal(positions(after(running, ended("g", "a", "stopped", 5))), {});
});

test("the newest 64 positions are sent, as many as the server takes", () => {
  const running = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`g${index}`, { messageId: "a", position: index }]));
  equal(Object.values(positions({ running })), Array.from({ length: 64 }, (_, index) => index + 6));
});

test("a gap and an end before all of the text make the page stale; text of what is not shown does not", () => {
  const running = after(open(message("a", null, { content: "" })), started("g", "a"), delta("g", 0, "Wa"));
  truthy(!running.stale && after(running, delta("g", 3, "er")).stale);
  equal(after(running, delta("g", 3, "er")).messages[0].content, "Wa");
  truthy(after(running, ended("g", "a", "completed", 5)).stale && !after(running, ended("g", "a", "completed", 2)).stale);
  truthy(after(running, delta("h", 7, "elsewhere")) === running);
});

test("what is told again takes nothing away", () => {
  const answer = message("a", "q", { role: "assistant", content: "" });
  const running = after(open(message("q", null)), created(answer), started("g", "a"), delta("g", 0, "Wa"));
  const again = after(running, created({ ...answer, siblings: ["a", "b"] }, { client_id: "k" }), started("g", "a"), delta("g", 2, "ter"));
  equal([again.messages[1].content, again.messages[1].siblings, again.stale], ["Water", ["a", "b"], false]);
  const over = after(again, ended("g", "a", "interrupted", 5), started("g", "a"));
  equal([over.messages[1].generation.status, over.running], ["interrupted", {}]);
  const onward = after(over, started("g2", "a"), ended("g", "a", "interrupted", 5));
  equal([onward.messages[1].generation.id, onward.messages[1].generation.status], ["g2", "running"]);
});

test("a snapshot from the beginning replaces the text of the page", () => {
  const branch = [message("q", null), message("a", "q", { content: "" })];
  const state = after(open(message("q", null), message("a", "q", { content: "of an old database" })), snapshot(branch, [runs("g", "a", 0, "Water")]));
  equal(state.messages[1].content, "Water");
  equal(positions(state), { g: 5 });
});
