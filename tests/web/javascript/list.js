/** The reducer: the list of conversations. */

import { after, begin, CONVERSATION, created, ended, message, snapshot, started } from "./events.js";
import { equal, test } from "./harness.js";

test("a new conversation of another tab does not take this page over", () => {
  const state = after(begin(), created(message("q", null), { client_id: "of another tab" }));
  equal(state.conversation, null);
  equal(state.list.items.map(({ id }) => id), ["c1"]);
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

test("a list tells where answers are being written, and an end that was heard is later than it", () => {
  const other = { ...CONVERSATION, id: "c2" };
  const items = [{ ...CONVERSATION, running: true }, { ...other, running: true }];
  const marks = (state) => state.list.items.map(({ id, running }) => `${id} ${running}`);
  const state = after(begin(), { type: "page.list", items, nextCursor: null, replace: true });
  equal(marks(after(state, { type: "conversation.updated", conversation: { ...other, title: "New" } })), ["c2 true", "c1 true"]);
  const quiet = after(state, ended("g", "a"));
  equal(marks(quiet), ["c1 false", "c2 true"]);
  equal(marks(after(quiet, { type: "page.list", items, nextCursor: null, replace: true })), ["c1 false", "c2 true"]);
  const back = after(quiet, { type: "session.ready" }, { type: "page.list", items, nextCursor: null, replace: true });
  equal(marks(back), ["c1 true", "c2 true"]);
  equal(marks(after(back, snapshot([]))), ["c2 true", "c1 false"]);
});
