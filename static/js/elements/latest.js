/** The way back to the end, where the reader has left it: with the number of new messages, or a dot where text has come. */

import { strings } from "../page/strings.js";

export class Latest {
  #button;
  #words;
  #seen = null;

  /** `jump()` goes to the end. */
  constructor(button, jump) {
    this.#button = button;
    this.#words = button.querySelector("span");
    button.addEventListener("click", jump);
  }

  /** `holding`: the end is in view. */
  hold(holding) {
    this.#button.hidden = holding;
  }

  /** Hears of the messages at every change: what came after the last one that was seen is new. */
  show(messages) {
    const last = messages.at(-1) ?? null;
    if (this.#button.hidden) this.#seen = last;
    const place = messages.findIndex(({ id }) => id === this.#seen?.id);
    const added = place < 0 ? 0 : messages.length - 1 - place;
    const words = added > 0 ? strings.newMessages(added) : strings.jumpToLatest;
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.#button.classList.toggle("composer__latest--news", last !== this.#seen);
  }
}
