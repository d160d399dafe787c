/** The list of conversations: what the reducer makes of events, and that a failure is not repeated by itself. */

import "/static/js/elements/conversation-list.js";
import { Actions } from "/static/js/live/actions.js";
import { loadModels, reloadList } from "/static/js/live/lists.js";
import { strings } from "/static/js/page/strings.js";
import { reduce } from "/static/js/state/reduce.js";
import { stoppedClock } from "./clock.js";
import { after, begin, CONVERSATION, created, ended, message, open, snapshot, started } from "./events.js";
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

const frames = async (count) => {
  for (let frame = 0; frame < count; frame += 1) await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
};

test("a page of the list that fails is asked for again at a press, and not by itself", async () => {
  const { fetch } = globalThis;
  let asked = 0;
  globalThis.fetch = async () => {
    asked += 1;
    throw new TypeError("Failed to fetch");
  };
  const element = document.createElement("scripta-conversation-list");
  document.body.replaceChildren(element);
  const controller = { state: begin({ list: { items: [CONVERSATION], next_cursor: "next" } }), notice: () => {} };
  controller.dispatch = (event) => {
    controller.state = reduce(controller.state, event);
    element.show(controller.state);
  };
  const actions = new Actions(controller);
  element.addEventListener("scripta:more", () => actions.more());
  element.show(controller.state);
  await frames(10);
  equal([asked, controller.state.list.failed], [1, true]);
  equal([...element.querySelector(".list__more").children].map((part) => part.textContent), [strings.listFailed, strings.tryAgain]);
  element.querySelector(".list__more button").click();
  await frames(10);
  equal(asked, 2);
  globalThis.fetch = fetch;
  const loaded = after(controller.state, { type: "page.list", items: [{ ...CONVERSATION, id: "c2" }], nextCursor: null, after: "next" });
  equal([loaded.list.failed, loaded.list.items.length], [false, 2]);
});

test("a page that comes when the list has been read anew leaves no hole in it", () => {
  const item = (id) => ({ ...CONVERSATION, id });
  const page = (after, id, nextCursor) => ({ type: "page.list", items: [item(id)], after, nextCursor });
  const listed = ({ list: { items, ...rest } }) => ({ ids: items.map(({ id }) => id).join(" "), ...rest });
  const asked = after(begin({ list: { items: [item("1")], next_cursor: "a" } }), page("a", "2", "b"), { type: "page.list.loading" });
  const anew = after(asked, { ...page(null, "1", "a"), replace: true });
  const late = [page("b", "3", null), { type: "page.list.failed", after: "b" }];
  for (const event of late) equal(listed(after(anew, event)), { ids: "1", nextCursor: "a", loading: false, failed: false });
  const twice = after(anew, page("a", "2", "b"), page("a", "2", "b"), page("b", "3", null));
  equal(listed(twice), { ids: "1 2 3", nextCursor: null, loading: false, failed: false });
});

/** Runs `check` where the API answers with what `answer(path)` returns, a failure for a number; the paths that were asked for. */
async function answering(answer, check) {
  const { fetch } = globalThis;
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(address.split("/api/")[1]);
    const given = answer(asked.at(-1), asked.length);
    return typeof given === "number" ? Response.json({}, { status: given }) : Response.json(given);
  };
  await check();
  globalThis.fetch = fetch;
  return asked;
}

test("as many conversations as are there are read anew, and again where something was heard meanwhile", async () => {
  const pages = { conversations: { items: [{ id: "1" }, { id: "2" }], next_cursor: "a" }, "conversations?cursor=a": { items: [{ id: "3" }], next_cursor: "b" } };
  let there = [{ id: "1" }, { id: "2" }, { id: "3" }];
  const heard = [];
  const answer = (path, count) => {
    if (count === 2) there = [...there];
    return pages[path];
  };
  const asked = await answering(answer, () => reloadList((event) => heard.push(event), () => there));
  equal(asked, [...Object.keys(pages), ...Object.keys(pages)]);
  equal(heard, [{ type: "page.list", items: [{ id: "1" }, { id: "2" }, { id: "3" }], nextCursor: "b", replace: true }]);
});

const NOT_LISTED = { type: "page.models", models: null, again: true };

test("models that could not be had are asked for again, unless they are refused", async () => {
  const clock = stoppedClock();
  const heard = [];
  const asked = await answering((_, count) => (count < 2 ? 503 : { items: [] }), async () => {
    await loadModels((event) => heard.push(event));
    equal(heard, [NOT_LISTED]);
    clock.pass(60_000);
    for (let tries = 0; heard.length === 1 && tries < 100; tries += 1) await new Promise(requestAnimationFrame);
  });
  equal([asked.length, heard], [2, [NOT_LISTED, { type: "page.models", models: [] }]]);
  const refused = await answering(() => 403, async () => {
    await loadModels((event) => heard.push(event));
    clock.pass(60_000);
    await new Promise(requestAnimationFrame);
  });
  clock.stop();
  equal([refused.length, heard.slice(2)], [1, [{ ...NOT_LISTED, again: false }]]);
});

test("earlier messages that came for another beginning are asked for anew", () => {
  const asked = after(open(message("3", "2")), { type: "page.older.asked" });
  const moved = after(asked, snapshot([message("9", "8")]));
  const late = { type: "page.older", conversationId: "c1", before: "3", messages: [message("2", "1")], hasOlder: true };
  equal([moved.older, after(moved, late).older, after(moved, late).messages.length], ["loading", null, 1]);
});
