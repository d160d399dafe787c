/** What was asked for by a button and refused is named, and can be tried again unless what it was about is gone. */

import { ask } from "../page/dom.js";
import { panelStrings } from "../page/panel-strings.js";
import { strings } from "../page/strings.js";
import { toast } from "../page/toasts.js";

const words = panelStrings.failedTo;

/** `state` is that of before the refusal; `isHere()` tells whether its place is still shown. A text that was refused goes back to who wrote it. */
export function tellRefused(state, { code, message, request_id }, isHere) {
  const pending = state.outbox.find(({ clientId }) => clientId === request_id);
  if (pending?.content) return;
  const [action, detail] = pending ? [pending.kind, pending.asked] : askedFor(state, request_id);
  if (!action) {
    toast(message);
    return;
  }
  const told = `${words[action]} ${message}`;
  const run = () => (isHere() ? ask(document.body, action, detail) : toast(told)); // elsewhere it would be another conversation's
  toast(told, code.endsWith("not_found") ? null : { label: strings.tryAgain, run });
}

/** [action, detail] as the button asked; nothing where that is not known any more. */
function askedFor({ stopping, queued }, requestId) {
  const waiting = queued.find(({ id }) => id === requestId);
  if (waiting) return ["queue-send", { queued: waiting }];
  const generationId = Object.keys(stopping).find((id) => stopping[id] === requestId);
  return generationId ? ["stop", { generationId }] : [];
}
