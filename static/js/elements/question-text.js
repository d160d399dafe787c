/** The text of a message that people wrote: as they wrote it, and folded where it is very long. */

import { make } from "../page/dom.js";
import { PlainText } from "../page/plain-text.js";
import { strings } from "../page/strings.js";

const LINES = 20;
const LINE = 68; // characters, about: nothing is measured, so nothing is laid out for it

export class QuestionText {
  #text = make("div", { class: "question", dir: "auto" });
  #plain = new PlainText(this.#text);
  #content = "";
  #fold = make("button", { type: "button", class: "button button--quiet button--small question__more", on: { click: () => this.#toggle() } });
  #isOpen = false;

  constructor(body) {
    body.append(this.#text);
  }

  show({ content }) {
    if (this.#content === content) return;
    this.#content = content;
    this.#plain.show(content);
    if (isLong(content)) this.#text.after(this.#fold);
    else this.#fold.remove();
    this.#draw();
  }

  #toggle() {
    this.#isOpen = !this.#isOpen;
    this.#draw();
  }

  #draw() {
    const isFolded = this.#fold.parentNode !== null && !this.#isOpen;
    this.#text.classList.toggle("question--folded", isFolded);
    this.#fold.setAttribute("aria-expanded", String(!isFolded));
    this.#fold.textContent = isFolded ? strings.more : strings.less;
  }
}

/** Whether a text takes clearly more than twenty lines. */
export function isLong(content) {
  let lines = 0;
  for (const line of content.split("\n", LINES * 2)) lines += Math.max(1, Math.ceil(line.length / LINE));
  return lines > LINES + 4;
}
