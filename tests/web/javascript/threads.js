/** The thread: turns and columns, that nobody loses their place, and what could not be loaded. */

import { Latest } from "/static/js/elements/latest.js";
import { make } from "/static/js/page/dom.js";
import { after, begin, CONVERSATION, message, open, snapshot } from "./events.js";
import { equal, painted, test, truthy } from "./harness.js";
import { KeptTree } from "./kept-tree.js";
import { answer, press, thread } from "./thread.js";

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

test("what is read anew and says the same leaves what stands below a message", () => {
  const { element, way } = thread();
  const messages = () => [message("q", null), answer("a", "q", { generation: { model_id: "m", status: "completed" }, feedback: { rating: "up", note: "" } })];
  element.show(open(...messages()));
  const held = ["figures", "up"].map((name) => way(name, element.querySelector(".message--assistant")));
  element.show(after(open(...messages()), snapshot(messages())));
  equal(held.map(({ isConnected }) => isConnected), [true, true]);
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
