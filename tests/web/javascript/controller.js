/** The controller: which conversation is asked for, from where, and what happens when the server cannot give it. */

import { Controller } from "/static/js/live/controller.js";
import { reduce } from "/static/js/state/reduce.js";
import { Store } from "/static/js/state/store.js";
import { stoppedClock } from "./clock.js";
import { begin, CONVERSATION, created, delta, ended, message, refused, runs, snapshot, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";
import { next, Played, READY } from "./wire.js";

const OTHER = { ...CONVERSATION, id: "c2" };
const BRANCH = [message("q", null), message("a", "q", { role: "assistant", content: "" })];

function begun(fields = { conversation: CONVERSATION, messages: BRANCH }) {
  const store = new Store(reduce, begin(fields));
  const controller = new Controller(store, "ws://x/");
  controller.start();
  const wire = Played.made.at(-1);
  wire.receive(READY);
  return { store, controller, wire };
}

const sentOf = (wire, type) => wire.sent.filter((command) => command.type === type);
const opens = (wire) => sentOf(wire, "conversation.open");

/** The server's answer to what was asked last. */
const answer = (wire, ...rest) => wire.receive({ ...snapshot(...rest), request_id: opens(wire).at(-1).request_id });

async function until(check) {
  for (let tries = 0; !check(); tries += 1) {
    if (tries > 200) throw new Error("it did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("positions are sent of texts that the page has, and of no others", async () => {
  const { store, wire } = begun();
  answer(wire, BRANCH, [runs("g", "a", 0, "Water")]);
  wire.receive({ type: "conversation.updated", conversation: { ...CONVERSATION, head_id: "a1" } });
  equal(opens(wire).map(({ positions }) => positions), [{}, { g: 5 }]);
  answer(wire, [message("q1", null), message("a1", "q1")]);
  wire.receive({ type: "conversation.updated", conversation: { ...CONVERSATION, head_id: "a" } });
  equal(opens(wire).at(-1).positions, {});
  answer(wire, BRANCH, [runs("g", "a", 0, "Water falls")]);
  equal(store.state.messages[1].content, "Water falls");
});

test("after an interruption the page goes on from its position", async () => {
  const { store, wire } = begun();
  answer(wire, BRANCH, [runs("g", "a", 0, "Wa")]);
  wire.receive(delta("g", 2, "ter"));
  const coming = next();
  wire.end(1006);
  const second = await coming;
  second.receive(READY);
  equal([opens(second)[0].positions, opens(second)[0].epoch], [{ g: 5 }, "e"]);
  second.receive(delta("g", 5, "lost"));
  answer(second, BRANCH, [runs("g", "a", 5, "falls")]);
  equal([store.state.messages[1].content, opens(second).length], ["Waterfalls", 1]);
});

test("positions of another database are not sent", async () => {
  const { wire } = begun();
  answer(wire, BRANCH, [runs("g", "a", 0, "Wa")]);
  const coming = next();
  wire.end(1006);
  const second = await coming;
  second.receive({ ...READY, epoch: "another" });
  equal(opens(second)[0].positions, {});
});

test("a snapshot that was not asked for last is not shown", () => {
  const { store, controller, wire } = begun();
  const first = opens(wire)[0].request_id;
  controller.show("c2");
  wire.receive({ ...snapshot(BRANCH), request_id: first });
  equal([store.state.conversation, store.state.opening], [null, "c2"]);
});

test("what cannot be given is asked for again, without positions, and text flows again", async () => {
  const { store, wire } = begun();
  answer(wire, BRANCH, [runs("g", "a", 0, "Wa")]);
  wire.receive(delta("g", 3, "er"));
  wire.receive(refused("server.error", opens(wire).at(-1).request_id));
  await until(() => opens(wire).length === 3);
  equal(opens(wire).map(({ positions }) => positions), [{}, { g: 2 }, {}]);
  answer(wire, BRANCH, [runs("g", "a", 0, "Wate")]);
  wire.receive(delta("g", 4, "r"));
  wire.receive(ended("g", "a", "completed", 5));
  equal([store.state.messages[1].content, store.state.notice, opens(wire).length], ["Water", null, 3]);
});

test("a conversation that cannot be opened says so until it is tried again; one that is shown stays", () => {
  const clock = stoppedClock();
  for (const opening of [true, false]) {
    const { store, controller, wire } = begun();
    answer(wire, BRANCH);
    if (opening) controller.show("c2");
    else wire.receive({ type: "conversation.updated", conversation: { ...CONVERSATION, head_id: "elsewhere" } });
    const isOver = () => store.state.notice !== null || store.state.failure !== null;
    while (!isOver()) {
      const count = opens(wire).length;
      wire.receive(refused("server.error", opens(wire).at(-1).request_id));
      if (!isOver()) {
        controller.receive({ type: "conversation.updated", conversation: OTHER }, 0);
        equal(opens(wire).length, count);
        for (let tries = 0; tries < 600 && opens(wire).length === count; tries += 1) clock.pass(100);
      }
      truthy(opens(wire).length < 10, "it never gives up");
    }
    equal([store.state.opening, store.state.messages.length], opening ? ["c2", 0] : [null, 2]);
    equal((store.state.failure ?? store.state.notice).code, "server.error");
    if (!opening) continue;
    controller.reopen();
    equal(store.state.failure, null);
    const found = { ...snapshot([message("x", null, { conversation_id: "c2" })]), conversation: { ...CONVERSATION, id: "c2" } };
    wire.receive({ ...found, request_id: opens(wire).at(-1).request_id });
    equal([store.state.opening, store.state.messages.length], [null, 1]);
  }
  clock.stop();
});

test("a conversation that is not there is left at once", () => {
  const { store, controller, wire } = begun();
  controller.show("c2");
  wire.receive(refused("conversation.not_found", opens(wire).at(-1).request_id));
  equal([store.state.opening, store.state.notice.code], [null, "conversation.not_found"]);
});

test("whoever left before the answer came follows it no longer", () => {
  const { store, controller, wire } = begun({});
  controller.begin({ type: "message.send", client_id: "k", content: "Hello" }, { kind: "send", parentId: null, content: "Hello" });
  controller.show("c2");
  answer(wire, [message("x", null, { conversation_id: "c2" })], []);
  wire.receive({ ...snapshot([message("x", null)]), conversation: OTHER, request_id: opens(wire)[0].request_id });
  const asked = opens(wire).length;
  wire.receive(created(message("q", null), { client_id: "k" }));
  wire.receive(started("g", "a"));
  for (let from = 0; from < 20; from += 1) wire.receive(delta("g", from, "x"));
  equal(sentOf(wire, "conversation.close").map(({ conversation_id }) => conversation_id), ["c1"]);
  equal([opens(wire).length, store.state.stale], [asked, false]);
  equal(sentOf(wire, "ack"), [{ type: "ack", generation_id: "g", position: 16 }]);
});

test("a conversation that is about to be shown is closed too when the page goes elsewhere", () => {
  const { controller, wire } = begun({});
  controller.show("c1");
  controller.show("c2");
  equal(sentOf(wire, "conversation.close"), [{ type: "conversation.close", conversation_id: "c1" }]);
});
