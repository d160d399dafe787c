/** Drafts: kept on the server, and never in the way of what is being written. */

import { Drafts } from "/static/js/live/drafts.js";
import { keepUnsaved, takeUnsaved } from "/static/js/page/unsaved.js";
import { after, begin, created, message, open, sent, snapshot } from "./events.js";
import { equal, test } from "./harness.js";

const USER = { id: "u" };
const OPEN = { type: "page.link", link: { status: "open" } };
const heard = (content, fields = {}) => ({ type: "draft.updated", conversation_id: "c1", content, updated_at: "2026-01-01T00:00:01Z", source: "other", ...fields });

/** Drafts with a server that answers with `answer(content)`; `leave()` ends the pause after typing. */
function drafts(answer = () => {}) {
  sessionStorage.clear();
  const saved = [];
  const replaced = [];
  const made = new Drafts(async (key, draft, options) => {
    await answer(draft.content);
    saved.push([key, draft.content, options.keepalive]);
    replaced.push(draft.replaces);
    return { updated_at: `2026-01-01T00:01:0${saved.length}Z` };
  }, USER);
  return { made, saved, replaced, leave: () => dispatchEvent(new Event("pagehide")) };
}

/** Lets promises that are settled go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

test("what is written is saved once the writer pauses, and at once when the page goes", async () => {
  const { made, saved, leave } = drafts();
  made.hear(after(begin(), OPEN));
  made.write("c1", "one");
  made.write("c1", "one two");
  equal(saved, []);
  leave();
  await settle();
  equal(saved, [["c1", "one two", true]]);
  leave();
  await settle();
  equal(saved.length, 1);
  made.write("c1", "one two three");
  for (let tries = 0; saved.length < 2 && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  equal(saved[1], ["c1", "one two three", undefined]);
});

test("another device's text is taken over where nothing else is written", () => {
  const { made } = drafts();
  made.hear(after(begin(), heard("theirs")));
  equal(made.text("c1"), "theirs");
  made.write("c1", "theirs and mine");
  made.hear(after(begin(), heard("theirs only", { updated_at: "2026-01-01T00:00:02Z" })));
  equal(made.text("c1"), "theirs and mine");
});

test("what was saved here gives way to what goes on from it, and to nothing else", async () => {
  const { made, replaced, leave } = drafts();
  made.hear(after(begin(), heard("theirs")));
  made.write("c1", "mine");
  leave();
  await settle();
  equal(replaced, ["2026-01-01T00:00:01Z"]);
  const beside = heard("theirs, and more", { updated_at: "2026-01-01T00:02:00Z", replaces: "2026-01-01T00:00:01Z" });
  made.hear(after(begin(), beside));
  equal(made.text("c1"), "mine");
  made.write("c1", "mine again");
  leave();
  await settle();
  equal(replaced.length, 2);
  const onward = heard("mine again, and theirs", { updated_at: "2026-01-01T00:03:00Z", replaces: "2026-01-01T00:01:02Z" });
  made.hear(after(begin(), onward));
  equal(made.text("c1"), "mine again, and theirs");
});

test("a draft that was sent elsewhere while this page slept goes from here; what was written since stays", async () => {
  const { made, leave } = drafts();
  const there = open(message("q", null));
  const back = (state) => {
    made.hear(after(state, { type: "page.link", link: { status: "waiting" } }));
    made.hear(after(state, OPEN, snapshot([message("q", null)]), { type: "page.draft", draft: null }));
  };
  made.hear(after(there, OPEN));
  made.write("c1", "sent elsewhere");
  made.write("new", "this too");
  leave();
  await settle();
  // On the same connection the snapshot may be older than what was saved.
  made.hear(after(there, OPEN, snapshot([message("q", null)])));
  equal(made.text("c1"), "sent elsewhere");
  back(there);
  equal([made.text("c1"), made.text("new")], ["", ""]);
  made.write("c1", "written since");
  back(there);
  equal(made.text("c1"), "written since");
  const state = after(there, heard("theirs"), snapshot([message("q", null)]));
  equal([state.drafts.c1.content, after(state, heard("late")).drafts.c1.content], ["", ""]);
  equal(after(state, heard("newer", { updated_at: "2026-01-01T00:00:02Z" })).drafts.c1.content, "newer");
});

test("what is late does not undo what is newer", () => {
  const state = after(begin(), heard("new", { updated_at: "2026-01-01T00:00:02Z" }), heard("old"));
  equal(state.drafts.c1.content, "new");
});

test("what was sent is a draft until it has arrived", async () => {
  const { made, saved, leave } = drafts();
  made.write("new", "Hello");
  leave();
  await settle();
  made.write("new", "");
  const pending = after(begin(), sent("k", { draftKey: "new" }));
  made.hear(pending);
  leave();
  await settle();
  equal(saved, [["new", "Hello", true]]);
  made.hear(after(pending, created(message("q", null), { client_id: "k" })));
  leave();
  await settle();
  equal(saved[1], ["new", "", true]);
});

test("without a connection the text stays in the tab, and is saved when there is one", async () => {
  let isOffline = true;
  const { made, saved, leave } = drafts(() => {
    if (isOffline) throw new TypeError("Failed to fetch");
  });
  made.write("c1", "kept");
  leave();
  await settle();
  equal(takeUnsaved("unsaved", USER), [["c1", "kept"]]);
  isOffline = false;
  made.hear(after(begin(), OPEN));
  for (let tries = 0; saved.length < 1 && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  equal(saved[0].slice(0, 2), ["c1", "kept"]);
});

test("what the server refuses is kept here, and not offered again", async () => {
  let asked = 0;
  const { made, leave } = drafts(() => {
    asked += 1;
    throw Object.assign(new Error(), { status: 400 });
  });
  made.write("c1", "far too long");
  leave();
  await settle();
  leave();
  await settle();
  equal([asked, made.text("c1"), takeUnsaved("unsaved", USER)], [1, "far too long", [["c1", "far too long"]]]);
});

test("a temporary chat's text is never kept, and an earlier draft of it goes", async () => {
  const { made, saved, leave } = drafts();
  made.write("new", "secret");
  leave();
  await settle();
  made.move("new", "temporary");
  made.write("temporary", "secret and more");
  leave();
  await settle();
  equal([saved, made.text("temporary")], [[["new", "secret", true], ["new", "", true]], "secret and more"]);
  equal(takeUnsaved("unsaved", USER), [["new", ""]]);
});

test("what is kept in the tab is only for who wrote it", () => {
  keepUnsaved("unsaved", USER, [["c1", "mine"]]);
  equal(takeUnsaved("unsaved", { id: "v" }), []);
  keepUnsaved("unsaved", USER, [["c1", "mine"]]);
  equal(takeUnsaved("unsaved", USER), [["c1", "mine"]]);
  equal(takeUnsaved("unsaved", USER), []);
});
