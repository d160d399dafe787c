/** The reducer: what each event makes of the state. */

import { initialState, reduce } from "/static/js/state/reduce.js";
import { headId, mayWrite, runningGeneration, visibleMessages } from "/static/js/state/view.js";
import { CONVERSATION, created, delta, ended, message, snapshot, started } from "./events.js";
import { equal, test, truthy } from "./harness.js";

const EMPTY = { user: { id: "u", name: "anna" }, conversation: null, messages: [], has_older: false, list: { items: [], next_cursor: null } };
const begin = (fields = {}) => initialState({ ...EMPTY, ...fields });
const after = (state, ...events) => events.reduce(reduce, state);
const open = (...messages) => begin({ conversation: CONVERSATION, messages });
const ids = (state) => visibleMessages(state).map(({ id }) => id);
const sent = (clientId, fields = {}) => ({ type: "page.sent", pending: { clientId, kind: "send", parentId: null, content: "Hello", ...fields } });

test("what is sent is shown at once, and confirmed without a double", () => {
  const shown = after(begin(), sent("k"));
  equal(visibleMessages(shown).map(({ content, pending }) => [content, pending]), [["Hello", true]]);
  equal(mayWrite(shown), false);
  const confirmed = after(shown, created(message("q", null), { client_id: "k" }));
  equal(ids(confirmed), ["q"]);
  equal(confirmed.messages[0].key, "k");
  equal(confirmed.conversation.id, "c1");
});

test("what is refused is taken back, and its text returned", () => {
  const state = after(open(message("q", null)), sent("k", { parentId: "q" }), { type: "error", code: "message.too_long", message: "Too long.", request_id: "k" });
  equal(ids(state), ["q"]);
  equal(state.notice, { code: "message.too_long", message: "Too long.", returned: "Hello" });
});

test("a new conversation of another tab does not take this page over", () => {
  const state = after(begin(), created(message("q", null), { client_id: "of another tab" }));
  equal(state.conversation, null);
  equal(state.list.items.map(({ id }) => id), ["c1"]);
});

test("an answer grows by its deltas, and ends once", () => {
  const answer = message("a", "q", { role: "assistant", content: "" });
  const running = after(open(message("q", null)), created(answer), started("g", "a"), delta("g", 0, "hm", "reasoning"), delta("g", 2, "Wa"), delta("g", 4, "ter"));
  equal([running.messages[1].content, running.messages[1].reasoning], ["Water", "hm"]);
  equal([runningGeneration(running), mayWrite(running)], ["g", false]);
  const done = after(running, ended("g", "a", "stopped"));
  equal([done.messages[1].generation.status, runningGeneration(done), headId(done)], ["stopped", null, "a"]);
});

test("an answer that goes on keeps the text it had", () => {
  const state = after(open(message("q", null), message("a", "q", { content: "Wat" })), started("g2", "a"), delta("g2", 0, "er"));
  equal(state.messages[1].content, "Water");
});

test("a snapshot from a later position follows the text of the page", () => {
  const base = after(open(message("q", null)), created(message("a", "q", { content: "" })), started("g", "a"), delta("g", 0, "Wa"));
  const running = { generation_id: "g", message_id: "a", from: 2, position: 5, parts: [{ kind: "content", text: "ter" }] };
  const later = after(base, snapshot([message("q", null), message("a", "q", { content: "" })], [running]));
  equal(later.messages[1].content, "Water");
});

test("a snapshot from the beginning replaces the text of the page", () => {
  const running = { generation_id: "g", message_id: "a", from: 0, position: 5, parts: [{ kind: "content", text: "Water" }] };
  const state = after(open(message("q", null), message("a", "q", { content: "of an old database" })), snapshot([message("q", null), message("a", "q", { content: "" })], [running]));
  equal(state.messages[1].content, "Water");
  equal(state.running, { g: "a" });
});

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

test("an edit and a retry show what they will change at once", () => {
  const page = open(message("q", null), message("a", "q"));
  equal(visibleMessages(after(page, sent("k", { kind: "edit", content: "Other" }))).map(({ content }) => content), ["Other"]);
  equal(visibleMessages(after(page, sent("k", { kind: "retry", parentId: "q" }))).map(({ role }) => role), ["user", "assistant"]);
  equal(ids(after(page, sent("k", { kind: "continue", parentId: "q" }))), ["q", "a"]);
});

test("the list follows the last activity, pinned first", () => {
  const at = (id, updated_at, pinned_at = null) => ({ type: "conversation.updated", conversation: { ...CONVERSATION, id, updated_at, pinned_at } });
  const state = after(begin(), at("1", "2026-01-01T00:00:00Z"), at("2", "2026-01-01T00:00:01.5Z"), at("3", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"));
  equal(state.list.items.map(({ id }) => id), ["3", "2", "1"]);
  equal(after(state, { type: "conversation.deleted", conversation_id: "2" }).list.items.length, 2);
});

test("the list knows where answers are being written", () => {
  const running = after(begin(), started("g", "a"));
  equal(running.busy, { g: "c1" });
  equal(after(running, ended("g", "a")).busy, {});
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
