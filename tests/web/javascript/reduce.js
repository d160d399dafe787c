/** The reducer: what each event makes of the state. */

import { reduce } from "/static/js/state/reduce.js";
import { visibleMessages } from "/static/js/state/view.js";
import { after, CONVERSATION, created, delta, ended, message, open, snapshot, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";

const ids = (state) => visibleMessages(state).map(({ id }) => id);

test("a snapshot keeps the pages that were loaded before it", () => {
  const page = open(message("1", null), message("2", "1"), message("3", "2"));
  equal(ids(after(page, snapshot([message("3", "2"), message("4", "3")], [], true))), ["1", "2", "3", "4"]);
});

test("a snapshot of another conversation is not for this page", () => {
  const other = { ...snapshot([message("x", null)]), conversation: { ...CONVERSATION, id: "c2" } };
  equal(ids(after(open(message("q", null)), other)), ["q"]);
});

test("a sibling takes the place of what followed its parent", () => {
  const state = after(open(message("q", null), message("a", "q")), created(message("q2", null, { siblings: ["q", "q2"] })));
  equal(ids(state), ["q2"]);
});

test("a head that is not shown makes the page stale", () => {
  const event = { type: "conversation.updated", conversation: { ...CONVERSATION, head_id: "elsewhere" } };
  truthy(after(open(message("q", null)), event).stale);
  truthy(!after(open(message("elsewhere", null)), event).stale);
});

test("a message below one that is not shown makes the page stale", () => {
  truthy(after(open(message("q", null)), created(message("z", "unknown"))).stale);
});

test("an event that is not known changes nothing", () => {
  const state = open(message("q", null));
  truthy(after(state, { type: "execute", code: "alert(1)" }) === state);
});

test("the state that came before is never changed", () => {
  const freeze = (value) => (value && typeof value === "object" ? Object.freeze(value) && Object.values(value).forEach(freeze) : null);
  const events = [created(message("a", "q", { content: "" })), started("g", "a"), delta("g", 0, "x"), snapshot([message("q", null), message("a", "q")]), ended("g", "a")];
  let state = open(message("q", null));
  for (const event of events) {
    freeze(state);
    freeze(event);
    state = reduce(state, event);
  }
});
