/**
 * Shows the words of page/toasts.js, newest last, and lets them go again.
 *
 * A toast that can be answered stays longer; none goes while a pointer or the focus is on them, or while nobody looks.
 */

import { iconButton, isSomethingOpen, make } from "../page/dom.js";
import { isComposing } from "../page/keys.js";
import { strings } from "../page/strings.js";

const STAY_MS = 6_000;
const STAY_WITH_ACTION_MS = 10_000;
const MOST = 3;

class Toasts extends HTMLElement {
  /** Each toast's element with the time it has left and the timer that runs. */
  #toasts = new Map();
  #held = false;
  #cameFrom = null;

  connectedCallback() {
    this.addEventListener("pointerenter", () => this.#hold(true));
    this.addEventListener("pointerleave", () => this.#hold(this.contains(document.activeElement)));
    this.addEventListener("focusin", ({ relatedTarget }) => this.#entered(relatedTarget));
    this.addEventListener("focusout", ({ relatedTarget }) => this.#hold(this.contains(relatedTarget) || this.matches(":hover")));
    document.addEventListener("visibilitychange", () => this.#hold(document.hidden));
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  add({ text, action }) {
    const close = iconButton("close", strings.dismiss, () => this.#remove(toast));
    const run = () => {
      this.#remove(toast);
      action.run();
    };
    const way = action && make("button", { type: "button", class: "toast__way", textContent: action.label, on: { click: run } });
    const toast = make("div", { class: "toast" }, make("p", { class: "toast__words", textContent: text }), way, close);
    this.#toasts.set(toast, { left: action ? STAY_WITH_ACTION_MS : STAY_MS, since: 0, timer: null });
    this.append(toast);
    while (this.#toasts.size > MOST) this.#remove(this.#toasts.keys().next().value);
    if (!this.#held) this.#run(toast);
  }

  /** Moves the focus to the newest; false if there is none. */
  enter() {
    const button = this.lastElementChild?.querySelector("button");
    button?.focus();
    return Boolean(button);
  }

  #entered(from) {
    if (!this.contains(from)) this.#cameFrom = from;
    this.#hold(true);
  }

  #hold(held) {
    if (this.#held === held) return;
    this.#held = held;
    for (const toast of this.#toasts.keys()) held ? this.#pause(toast) : this.#run(toast);
  }

  #run(toast) {
    const clock = this.#toasts.get(toast);
    clock.since = Date.now();
    clock.timer = setTimeout(() => this.#remove(toast), clock.left);
  }

  /** Whoever looked at it may need a moment more. */
  #pause(toast) {
    const clock = this.#toasts.get(toast);
    clearTimeout(clock.timer);
    clock.left = Math.max(clock.left - (Date.now() - clock.since), STAY_MS / 2);
  }

  #remove(toast) {
    clearTimeout(this.#toasts.get(toast)?.timer);
    this.#toasts.delete(toast);
    const focused = toast.contains(document.activeElement);
    toast.remove();
    if (focused && !this.enter()) this.#cameFrom?.focus();
    this.#hold(this.contains(document.activeElement) || this.matches(":hover"));
  }

  /** Escape takes the newest, unless it means something else to what is open. */
  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || isComposing(event) || !this.lastElementChild) return;
    if (isSomethingOpen()) return;
    this.#remove(this.lastElementChild);
  }
}

customElements.define("scripta-toasts", Toasts);
