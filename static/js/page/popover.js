/** A panel at a button, above everything; one at a time. Escape, a press outside and a second press close it. */

import { placeAt } from "./anchor.js";
import { make } from "./dom.js";

/** The press that closes a panel, by being outside of it, must not open it again. */
const SAME_PRESS_MS = 150;

const closedAt = new WeakMap();

/**
 * Opens `content` at `button` and returns the panel, or null where this press has just closed it. `focus()` says where the
 * focus goes; without it, it stays. `closed()` hears of the end.
 */
export function openPopover(button, content, { label, name, focus, closed } = {}) {
  if (performance.now() - (closedAt.get(button) ?? -Infinity) < SAME_PRESS_MS) return null;
  const message = button.closest(".message");
  const panel = make("div", { class: `popover ${name}`, role: "dialog", popover: "auto", "aria-label": label, tabIndex: -1 }, ...content);
  document.body.append(panel);
  panel.addEventListener("beforetoggle", ({ newState }) => {
    if (newState !== "closed") return;
    closedAt.set(button, performance.now());
    button.setAttribute("aria-expanded", "false");
    if (panel.contains(document.activeElement)) opener(button, message)?.focus({ preventScroll: true });
  });
  panel.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    panel.remove();
    closed?.();
  });
  panel.showPopover();
  placeAt(panel, button);
  button.setAttribute("aria-expanded", "true");
  focus?.(panel);
  return panel;
}

/** The button, or the one that has taken its place in its message since. */
const opener = (button, message) => (button.isConnected ? button : message?.querySelector(`[data-way="${button.dataset.way}"]`));
