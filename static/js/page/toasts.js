/** Words that come for a moment: what has been done, and the way back. */

import { ask } from "./dom.js";

/** `action` is {label, run}: a button that does something about it, once. */
export function toast(text, action = null) {
  ask(document.body, "toast", { text, action });
}
