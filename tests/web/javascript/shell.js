/** The shell's logic: shortcuts, what is unread, who is notified, and the day groups of the list. */

import { byDay } from "/static/js/page/days.js";
import { mayNotify, noticeOf, notify } from "/static/js/page/notifications.js";
import { keysOf } from "/static/js/elements/shortcut-list.js";
import { shortcutOf, SHORTCUTS } from "/static/js/page/shortcuts.js";
import { panelStrings } from "/static/js/page/panel-strings.js";
import { strings } from "/static/js/page/strings.js";
import { markOf, titleOf } from "/static/js/page/title.js";
import { unreadCount } from "/static/js/state/unread.js";
import { after, begin, CONVERSATION } from "./events.js";
import { equal, test, truthy } from "./harness.js";

const press = (code, options = {}) => shortcutOf(new KeyboardEvent("keydown", { code, ...options }), options.mac ?? false)?.name ?? null;

test("a key is found by what stands on it, and where that is another script by its place", () => {
  const ctrl = (code, key, shiftKey = false) => press(code, { key, shiftKey, ctrlKey: true });
  const us = [ctrl("KeyO", "O", true), ctrl("Period", "."), ctrl("Slash", "/"), ctrl("Comma", ","), ctrl("Semicolon", ":", true)];
  equal(us, ["newConversation", "stop", "shortcuts", "preferences", "copyCode"]);
  const russian = [ctrl("KeyO", "Щ", true), ctrl("Period", "ю"), ctrl("Slash", "."), ctrl("Comma", "б"), ctrl("Semicolon", "Ж", true)];
  equal(russian, us);
  const german = [ctrl("Digit7", "/", true), ctrl("Semicolon", "Ö", true), ctrl("Slash", "-"), ctrl("Slash", "_", true), ctrl("BracketRight", "+")];
  equal(german, ["shortcuts", "copyCode", null, null, null]);
  const dvorak = [ctrl("KeyS", "O", true), ctrl("KeyE", "."), ctrl("BracketLeft", "/"), ctrl("KeyW", ","), ctrl("KeyZ", ":", true)];
  equal(dvorak, us);
  const theirs = [ctrl("Period", "v"), ctrl("Slash", "z"), ctrl("Comma", "w"), ctrl("KeyO", "R", true), ctrl("KeyC", "J", true), ctrl("Semicolon", "S", true)];
  equal(theirs, [null, null, null, null, null, "toggleSidebar"]);
  const french = [ctrl("KeyM", ","), ctrl("Comma", ".", true), ctrl("Period", "/", true), ctrl("Semicolon", "M", true), ctrl("Equal", "=")];
  equal(french, ["preferences", "stop", "shortcuts", null, null]);
});

test("keys have exactly their modifiers", () => {
  equal(press("KeyO", { ctrlKey: true, shiftKey: true, key: "Щ" }), "newConversation");
  equal(press("Escape", { shiftKey: true }), "focusComposer");
  equal(press("KeyO", { ctrlKey: true }), null);
  equal(press("KeyO", { ctrlKey: true, shiftKey: true, altKey: true }), null);
  equal(press("Slash", { ctrlKey: true }), "shortcuts");
  equal(press("Slash"), null);
});

test("a Mac has its own modifier", () => {
  equal(press("KeyS", { metaKey: true, shiftKey: true, mac: true }), "toggleSidebar");
  equal(press("KeyS", { ctrlKey: true, shiftKey: true, mac: true }), null);
  const named = (name, mac) => keysOf(SHORTCUTS.find((one) => one.name === name), mac);
  equal(named("removeConversation", true), ["⌘", "⇧", "⌫"]);
  equal(named("removeConversation", false), ["Ctrl", "Shift", "Backspace"]);
  equal(named("copyCode", false), ["Ctrl", "Shift", ";"]);
});

test("nothing fires while an input method composes, nor again while a key is held", () => {
  equal([press("Escape", { shiftKey: true, isComposing: true }), press("Slash", { ctrlKey: true, repeat: true })], [null, null]);
});

test("every shortcut has words, and no two have the same keys", () => {
  for (const { name } of SHORTCUTS) truthy(panelStrings.shortcuts[name], name);
  equal(Object.keys(panelStrings.shortcuts).length, SHORTCUTS.length);
  equal(new Set(SHORTCUTS.map((one) => keysOf(one).join("+"))).size, SHORTCUTS.length);
});

const ended = (id, status = "completed", duration = 30_000) => ({
  type: "generation.ended",
  generation_id: "g",
  conversation_id: id,
  status,
  timings: { duration_ms: duration },
});
const listed = (state) => ({ ...state, preferences: { notifications: true }, list: { ...state.list, items: [{ ...CONVERSATION, title: "Rivers" }] } });
const away = (state) => after(state, { type: "page.visible", visible: false });
const here = { type: "page.visible", visible: true };

test("an answer that ends where nobody looks is unread until it is looked at", () => {
  const state = after(listed(begin()), here, ended(CONVERSATION.id));
  equal(state.unread, [CONVERSATION.id]);
  equal(after(state, { type: "page.opening", conversationId: CONVERSATION.id }).unread, []);
});

test("a shown conversation is unread only while the tab is hidden", () => {
  const shown = listed(begin({ conversation: CONVERSATION }));
  equal(after(shown, here, ended(CONVERSATION.id)).unread, []);
  const hidden = after(away(shown), ended(CONVERSATION.id));
  equal(hidden.unread, [CONVERSATION.id]);
  equal(after(hidden, here).unread, []);
});

test("what was stopped, is unknown or is deleted is not unread", () => {
  const state = listed(begin());
  equal(after(state, ended(CONVERSATION.id, "stopped")).unread, []);
  equal(after(state, ended("another")).unread, []);
  equal(after(state, ended(CONVERSATION.id), { type: "conversation.deleted", conversation_id: CONVERSATION.id }).unread, []);
});

test("what is unread is counted as far as it can be found, and forgotten where it is gone", () => {
  const gone = after(listed(begin()), { type: "page.unread", unread: [CONVERSATION.id, "gone"] });
  equal([unreadCount(gone), markOf(gone)], [1, "(1) "]);
  equal(after(gone, { type: "page.lost", conversationId: "gone" }).unread, [CONVERSATION.id]);
  const page = { type: "page.list", items: [], after: null };
  equal(after(gone, { ...page, nextCursor: "more" }).unread.length, 2);
  equal(after(gone, { ...page, nextCursor: null }).unread, [CONVERSATION.id]);
});

test("a conversation that is being opened has the title that the list knows", () => {
  const state = listed(begin());
  const titles = [state, after(state, { type: "page.opening", conversationId: CONVERSATION.id }), after(state, { type: "page.opening", conversationId: "another" })].map(titleOf);
  equal(titles, ["New conversation", "Rivers", "Loading …"]);
});

test("a long answer's end is told in a hidden tab only, to who wants it", () => {
  const hidden = away(listed(begin()));
  equal(noticeOf(ended(CONVERSATION.id), hidden).title, "Rivers");
  equal(noticeOf(ended(CONVERSATION.id, "failed"), hidden).options.body, panelStrings.notice.broken);
  equal(noticeOf(ended(CONVERSATION.id, "completed", 19_000), hidden), null);
  equal(noticeOf(ended(CONVERSATION.id, "stopped"), hidden), null);
  equal(noticeOf(ended(CONVERSATION.id), { ...hidden, preferences: { notifications: false } }), null);
  equal(noticeOf(ended(CONVERSATION.id), { ...hidden, visible: true }), null);
});

test("a temporary chat has a name in its own tab only, and no address", () => {
  const temporary = { ...away(begin({ conversation: CONVERSATION })), temporary: true, preferences: { notifications: true } };
  const { title, options } = noticeOf(ended(CONVERSATION.id), temporary);
  equal([title, options.tag, options.data], ["Temporary chat", "g", null]);
  equal(noticeOf(ended(CONVERSATION.id), { ...temporary, conversation: null, temporary: false }), null);
});

test("days are the reader's, then months and years by their names", () => {
  const now = new Date(2026, 5, 15, 0, 30);
  const at = (...date) => ({ updated_at: new Date(...date).toISOString(), pinned_at: null });
  const dates = [[2026, 5, 15], [2026, 5, 14, 23, 59], [2026, 5, 8], [2026, 5, 7, 23, 59], [2026, 4, 1], [2025, 11, 31], [2025, 1, 1]];
  const groups = byDay(dates.map((date) => at(...date)), now);
  equal(groups.map(({ label }) => label), ["Today", "Yesterday", "Previous 7 days", "Previous 30 days", "May", "2025"]);
});

test("a notification's click opens what it tells of", async () => {
  const shown = [];
  globalThis.Notification = class extends EventTarget {
    static permission = "granted";
    constructor(title, options) {
      super();
      shown.push(Object.assign(this, { title, options }));
    }
    close() {}
  };
  const opened = [];
  await notify(noticeOf(ended(CONVERSATION.id), away(listed(begin()))), (id) => opened.push(id));
  shown[0].dispatchEvent(new Event("click"));
  equal([shown[0].title, shown[0].options.body, opened], ["Rivers", panelStrings.notice.ended, [CONVERSATION.id]]);
  globalThis.Notification.permission = "denied";
  await notify({ title: "No", options: {} }, () => {});
  equal([shown.length, await mayNotify()], [1, false]);
});
