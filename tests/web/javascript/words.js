/** Words in notices and open editors are there again when the page is loaded anew. */

import "/static/js/elements/queue.js";
import { keepWords } from "/static/js/live/words.js";
import { strings } from "/static/js/page/strings.js";
import { returnedHere } from "/static/js/state/view.js";
import { after, begin, CONVERSATION, message, open, refused, sent } from "./events.js";
import { equal, test, truthy } from "./harness.js";
import { press, thread } from "./thread.js";

const NOTHING = { text: () => "" };
const leave = () => dispatchEvent(new Event("pagehide"));
const queued = { id: "1", client_id: "k1", conversation_id: "c1", parent_id: "q", content: "Next", models: [], created_at: "2026-01-01T00:00:00Z" };
const waiting = (state) => after(state, { type: "message.queued", queued });

/** What is kept of a page in this state whose fields hold `drafts`; all pages of before are over. */
function kept(state, drafts = NOTHING) {
  sessionStorage.clear();
  keepWords({ state, giveBack: () => truthy(false, "given back out of nothing") }, drafts);
  leave();
  return sessionStorage.getItem("words");
}

/** The state of the next page, given what was kept. */
function next(state, words) {
  sessionStorage.setItem("words", words);
  let now = state;
  keepWords({ state, giveBack: (item) => (now = after(now, { type: "page.returned", item: { clientId: "n", code: "page.notice", ...item } })) }, NOTHING);
  return now;
}

const told = ({ returned }) => returned.map(({ kind, content, message: words }) => [kind, content, words]);

function queue() {
  const element = document.createElement("scripta-queue");
  document.body.replaceChildren(element);
  const asked = [];
  for (const action of ["taken", "discard", "queue-change"]) element.addEventListener(`scripta:${action}`, ({ detail }) => asked.push([action, detail.content ?? detail.item.content]));
  return { element, asked, edit: () => element.querySelector('[data-way="edit"]').click(), field: () => element.querySelector("textarea") };
}

test("what was refused stays in its notice, and goes to no field by itself", () => {
  document.body.replaceChildren();
  const words = kept(after(begin(), sent("k"), refused("server.error", "k")));
  const there = next(begin(), words);
  equal([told(there), returnedHere(there, "send")], [[["send", "Hello", "No."]], []]);
  equal(told(next(begin({ user: { id: "v" } }), words)), []);
});

test("what was sent and is not confirmed is kept where no draft keeps it", () => {
  document.body.replaceChildren();
  const pending = after(open(message("q", null)), sent("k", { draftKey: "c1" }));
  equal(kept(pending), null);
  equal(told(next(begin(), kept(pending, { text: () => "newer" }))), [["send", "Hello", strings.wordsKept]]);
  const saving = after(open(message("q", null)), sent("s", { kind: "save", messageId: "q", content: "Better" }), sent("r", { kind: "retry", content: undefined }));
  equal(told(next(begin(), kept(saving))), [["save", "Better", strings.wordsKept]]);
});

test("an editor is open again with its words, in its message or as a notice where that is not shown", async () => {
  const { element, way } = thread();
  const state = open(message("q", null));
  element.show(state);
  way("edit").click();
  equal(kept(state), null);
  element.querySelector("textarea").value = "half written";
  const words = kept(state);
  const anew = thread();
  anew.element.show(next(state, words));
  equal([anew.element.querySelector("textarea").value, anew.asked], ["half written", []]);
  equal(told(next(open(message("other", null)), words)), [["edit", "half written", strings.wordsKept]]);
  equal(returnedHere(next(begin({ conversation: { ...CONVERSATION, id: "c2" } }), words), "edit"), []);
});

test("a waiting message is open again with its words, once it is known and if it still has others", () => {
  const state = waiting(open(message("q", null)));
  const first = queue();
  first.element.show(state);
  first.edit();
  equal(kept(state), null);
  first.field().value = "Better";
  const words = kept(state);
  const second = queue();
  const begun = next(open(message("q", null)), words);
  second.element.show(begun);
  equal([second.asked, told(begun)], [[], [["change", "Better", strings.queue.gone]]]);
  second.element.show(waiting(begun));
  equal([second.field().value, second.asked], ["Better", [["taken", "Better"]]]);
  press(second.field(), "Enter");
  equal(second.asked.at(-1), ["queue-change", "Better"]);
  const third = queue();
  third.element.show(after(begun, { type: "message.queued", queued: { ...queued, content: "Better" } }));
  equal([third.field(), third.asked], [null, [["discard", "Better"]]]);
});

test("nothing is kept of a temporary chat: neither what was refused nor what is edited", () => {
  const state = { ...open(message("q", null)), temporary: true };
  const { element, asked, way } = thread();
  element.show(state);
  way("edit").click();
  element.querySelector("textarea").value = "secret";
  equal(kept(after(state, sent("k", { anew: {}, content: "secret" }), refused("server.error", "k"), sent("l", { anew: {}, content: "secret" }))), null);
  element.show(open(message("other", null)));
  const [[, item]] = asked;
  equal([item.content, kept(after(begin(), { type: "page.returned", item }))], ["secret", null]);
});

test("where the tab has no room, the page goes all the same", () => {
  document.body.replaceChildren();
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  try {
    equal(kept(after(begin(), sent("k"), refused("server.error", "k"))), null);
  } finally {
    Storage.prototype.setItem = setItem;
  }
});
