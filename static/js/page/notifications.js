/** Tells of a long answer's end while nobody sees it in this browser, if the reader wants that and the browser allows it. */

import { shownId } from "../state/view.js";
import { pageData } from "./data.js";
import { panelStrings } from "./panel-strings.js";
import { strings } from "./strings.js";

/** Who waits less is likely to be back by himself. */
const LONG_MS = 20_000;

/** On this device: what the reader prefers is the same on all of them. */
export const isAllowed = () => globalThis.Notification?.permission === "granted";

/** Whether asking leads nowhere. */
export const isRefused = () => (globalThis.Notification?.permission ?? "denied") === "denied";

/** Asks the browser for leave if it has not been asked; whether there is leave. */
export async function mayNotify() {
  if (isAllowed() || isRefused()) return isAllowed();
  return (await Notification.requestPermission()) === "granted";
}

/** Hears every event: `open(conversationId)` shows what a notice tells of. */
export async function tellOfEnd(event, store, open) {
  if (!sight) store.subscribe(keepSight);
  const notice = noticeOf(event, store.state);
  if (!notice) return;
  keepSight(store.state); // subscribers hear late in a hidden tab
  if (!(await isSeen(event.conversation_id))) await notify(notice, open);
}

/** What to say of an ended answer: {title, options}, or null where nobody is to be told. `data` is the id of what has an address. */
export function noticeOf(event, state) {
  if (event.type !== "generation.ended" || event.status === "stopped" || !state.preferences.notifications || state.visible) return null;
  if (!((event.timings?.duration_ms ?? 0) > LONG_MS)) return null;
  const { conversation_id: id, generation_id: tag } = event;
  const isTemporary = state.temporary && shownId(state) === id;
  const listed = state.list.items.find((conversation) => conversation.id === id);
  if (!isTemporary && !listed) return null;
  const title = isTemporary ? strings.temporary.start : listed.title || strings.untitled;
  const body = event.status === "completed" ? panelStrings.notice.ended : panelStrings.notice.broken;
  // Every tab tells of an end under the same tag: the browser shows it once.
  return { title, options: { body, tag, data: isTemporary ? null : id, icon: pageData.urls.icon } };
}

/** Shows it; a click brings the tab forward and calls `open(conversationId)`, if that has an address. */
export async function notify({ title, options }, open) {
  if (!isAllowed()) return;
  try {
    const shown = new Notification(title, options);
    shown.addEventListener("click", () => {
      globalThis.focus();
      if (options.data) open(options.data);
      shown.close();
    });
  } catch {
    await notifyThroughWorker({ title, options }, open);
  }
}

let hearsClicks = false;

/** On phones only the service worker may: after a click it tells this tab what to open (static/worker/service-worker.js). */
async function notifyThroughWorker(notice, open) {
  const workers = navigator.serviceWorker;
  if (!hearsClicks) workers?.addEventListener("message", ({ data }) => data.open && open(data.open));
  hearsClicks = true;
  const registration = await workers?.getRegistration();
  registration?.active?.postMessage({ notice });
}

const lockOf = (conversationId) => `scripta.seen.${conversationId}`;

/** What somebody sees in this tab: the id of a conversation, or null. `end()` gives its lock up, after which `ended` comes. */
let sight = null;
let ended = null;

/** A tab holds a lock with the name of what is seen in it, for the others to find; it ends with the tab, however that ends. */
function keepSight(state) {
  const id = state.visible ? shownId(state) : null;
  if (sight?.id === id) return;
  sight?.end();
  ended = sight?.ended;
  sight = id ? held(id) : { id, end() {} };
}

function held(id) {
  let end;
  const until = new Promise((resolve) => (end = resolve));
  return { id, end, ended: navigator.locks?.request(lockOf(id), { mode: "shared" }, () => until).catch(() => {}) };
}

/** Where locks are refused each tab knows of itself only. */
async function isSeen(conversationId) {
  await ended;
  const locks = await navigator.locks?.query().catch(() => null);
  return locks?.held.some(({ name }) => name === lockOf(conversationId)) ?? false;
}
