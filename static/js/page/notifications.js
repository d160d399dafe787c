/** Tells of a long answer's end while the tab is hidden, if the reader wants that and the browser allows it. */

import { pageData } from "./data.js";
import { panelStrings } from "./panel-strings.js";
import { strings } from "./strings.js";

/** Who waits less is likely to be back by himself. */
const LONG_MS = 20_000;

/** Asks the browser for leave if it has not been asked; whether there is leave. */
export async function mayNotify() {
  if (!("Notification" in globalThis)) return false;
  if (Notification.permission !== "default") return Notification.permission === "granted";
  return (await Notification.requestPermission()) === "granted";
}

/** What to say of an ended answer: {title, options}, or null where nobody is to be told. */
export function noticeOf(event, state) {
  if (event.type !== "generation.ended" || event.status === "stopped" || !state.preferences.notifications || state.visible) return null;
  if (!((event.timings?.duration_ms ?? 0) > LONG_MS)) return null;
  const conversation = state.list.items.find(({ id }) => id === event.conversation_id);
  if (!conversation) return null;
  const body = event.status === "completed" ? panelStrings.notice.ended : panelStrings.notice.broken;
  return { title: conversation.title || strings.untitled, options: { body, tag: event.conversation_id, icon: pageData.urls.icon } };
}

/** Shows it; a click brings the tab forward and calls `open(conversationId)`. */
export async function notify({ title, options }, open) {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
  try {
    const shown = new Notification(title, options);
    shown.addEventListener("click", () => {
      globalThis.focus();
      open(options.tag);
      shown.close();
    });
  } catch {
    // On phones only the service worker may: its click opens the address (static/worker/service-worker.js).
    const worker = await navigator.serviceWorker?.getRegistration();
    worker?.showNotification(title, options);
  }
}
