/** Begins what belongs to writing: composer, drafts, models, queue, prompts, parameters, the temporary chat. */

import { api } from "../live/api.js";
import { conversationOf, Drafts } from "../live/drafts.js";
import { Sending } from "../live/sending.js";
import { keepWords } from "../live/words.js";
import { panels } from "./later.js";
import { guardLeaving } from "./leaving.js";
import { strings } from "./strings.js";
import { toast } from "./toasts.js";
import { startTopbar } from "./topbar.js";

const SLASH = /^\//m;

const library = {
  list: async () => (await api.prompts()).items,
  add: api.addPrompt,
  change: api.changePrompt,
  remove: api.removePrompt,
};

/** `hear(action, handle)` listens for what elements ask for. Returns what sends. */
export function startWriting({ store, controller, hear, composer, picker }) {
  const find = (selector) => document.querySelector(selector);
  const sending = new Sending(controller);
  const drafts = new Drafts((key, draft, options) => api.saveDraft(conversationOf(key), draft, options), store.state.user);

  offerPrompts(find("scripta-prompt-list"), find(".composer__text"));
  composer.begin(picker, drafts);
  startTopbar(store, {
    keep: (settings) => sending.keepSettings(settings),
    temporary: (on) => controller.dispatch({ type: "page.temporary", on }),
  });
  guardLeaving(store);
  keepWords(controller, drafts);
  store.watch((event) => {
    const content = event.type === "page.lost" ? drafts.text(event.conversationId) : "";
    if (content.trim()) controller.giveBack({ kind: "draft", conversationId: event.conversationId, content, message: strings.draftLeft });
  });
  readDraftOnConnection(store, controller);

  hear("choose-model", (detail) => sending.keepModel(detail));
  hear("queue-send", (detail) => sending.sendNow(detail));
  hear("queue-change", (detail) => sending.changeQueued(detail));
  hear("queue-gone", ({ queued, content }) => {
    controller.giveBack({ kind: "queue", conversationId: queued.conversation_id, content, message: strings.queue.gone });
  });
  hear("queue-remove", async ({ queued }) => {
    const isGone = await sending.removeQueued({ queued });
    if (isGone) toast(strings.queue.removed, { label: strings.putBack, run: () => composer.putBack(queued.content) });
  });
  hear("prompts", () => panels.use(async ({ openPrompts }) => {
    const panel = await openPrompts(library);
    panel.addEventListener("close", () => {
      const field = find(".composer__text");
      field.focus();
      field.setSelectionRange(field.selectionEnd, field.selectionEnd);
    });
  }));

  const temporary = find("scripta-temporary");
  store.subscribe((state) => temporary.show(state));
  showQueue(store, find("scripta-queue"));
  store.subscribe(({ temporary }) => find(".stage").classList.toggle("stage--temporary", temporary));
  return sending;
}

/** What waits comes with the panels, or when something is to wait before they are here. */
function showQueue(store, queue) {
  store.subscribe((state) => {
    if (panels.here) queue.show(state);
    else if (state.queued.length > 0 || state.outbox.some(({ kind }) => kind === "queue")) panels.warm().then(() => panels.here && queue.show(store.state));
  });
}

/** The list of prompts comes when the first line begins with a slash, and follows the field itself from then on. */
function offerPrompts(list, field) {
  const waiting = new AbortController();
  const begin = ({ beginPromptList }) => {
    if (waiting.signal.aborted) return;
    waiting.abort();
    beginPromptList(list, field, library.list);
  };
  const look = () => SLASH.test(field.value) && panels.use(begin);
  for (const type of ["input", "click"]) field.addEventListener(type, look, { signal: waiting.signal });
}

/** A draft of a new conversation is in no snapshot: it is read with each connection, since its events may have been missed. */
function readDraftOnConnection(store, controller) {
  let wasOpen = false;
  store.subscribe(async ({ link }) => {
    const isOpen = link.status === "open";
    const isBack = isOpen && !wasOpen;
    wasOpen = isOpen;
    const known = isBack && (await api.draft().catch(() => null));
    if (known) controller.dispatch({ type: "page.draft", draft: known.draft });
  });
}
