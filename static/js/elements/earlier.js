/** The way to earlier messages: they come by themselves when the reader nears the top, else at the press of a button. */

import { make } from "../page/dom.js";
import { strings } from "../page/strings.js";

/** Asked for while so much is still above the reader. */
const AHEAD = "800px";

export class Earlier {
  #button = make("button", { type: "button", class: "button button--quiet" });
  #words = make("span", { class: "thread__older-words", role: "status" });
  element = make("p", { class: "thread__older", hidden: true }, this.#words, this.#button);
  #load;
  #isNear = false;
  #state = null;
  #observer = null;

  /** `load()` asks for the page before. */
  constructor(load) {
    this.#load = load;
    this.#button.addEventListener("click", () => load());
  }

  show(state) {
    const hasCome = this.#state?.older === "loading" && state.older === null;
    this.#state = state;
    if (hasCome) this.#lookAgain();
    this.#observe();
    // Whoever stands on the button stands on what it loads into.
    if (document.activeElement === this.#button && (!state.hasOlder || state.older === "loading")) this.element.closest(".stage__scroll").focus();
    this.element.hidden = !state.hasOlder;
    this.#button.hidden = state.older === "loading";
    const failed = state.older === "failed";
    const label = failed ? strings.tryAgain : strings.olderMessages;
    if (this.#button.textContent !== label) this.#button.textContent = label;
    const words = failed ? strings.olderFailed : state.older === "loading" ? strings.loading : "";
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.#loadIfNear();
  }

  #observe() {
    if (this.#observer || !this.element.isConnected) return;
    const root = this.element.closest(".stage__scroll");
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries.at(-1)), { root, rootMargin: `${AHEAD} 0px 0px 0px` });
    this.#observer.observe(this.element);
  }

  /** What has come has pushed the place away: where it is now, the observer tells. */
  #lookAgain() {
    this.#isNear = false;
    this.#observer?.unobserve(this.element);
    this.#observer?.observe(this.element);
  }

  #moved({ isIntersecting }) {
    this.#isNear = isIntersecting;
    this.#loadIfNear();
  }

  /** A failure is not repeated by itself. Before the page follows its conversation, nothing is asked for. */
  #loadIfNear() {
    const { hasOlder, older, opening } = this.#state;
    if (this.#isNear && hasOlder && older === null && opening === null) this.#load();
  }
}
