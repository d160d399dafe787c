/** What a model thought before it answered: folded away, plain text, with the time that it took. */

import { icon, make } from "../page/dom.js";
import { PlainText } from "../page/plain-text.js";
import { duration, strings } from "../page/strings.js";

const SECOND = 1000;

export class Reasoning {
  #words = document.createElement("span");
  #text;
  #begun = null;
  #measured = null;
  #timer = null;

  constructor() {
    const body = make("div", { class: "reasoning__text message__plain", dir: "auto" });
    this.#text = new PlainText(body);
    const summary = make("summary", { class: "reasoning__summary" }, icon("chevron-down"), this.#words);
    this.element = make("details", { class: "reasoning", hidden: true }, summary, body);
  }

  /** `thinking` while nothing of the answer itself has come; `took` are the milliseconds, where they are known. */
  show(text, thinking, took) {
    this.#time(text, thinking);
    this.element.hidden = text === "";
    this.element.classList.toggle("reasoning--running", thinking);
    this.#say(thinking, took);
    this.#text.show(text);
  }

  /** The clock runs from the first words on; where these came before the page looked, nobody knows since when. */
  #time(text, thinking) {
    if (thinking && text === "") this.#begun = 0;
    if (thinking && text !== "" && this.#begun === 0) {
      this.#begun = performance.now();
      this.#timer = setInterval(() => this.#say(true), SECOND);
    }
    if (thinking || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.#measured = performance.now() - this.#begun;
  }

  /** Until the server tells how long it took, it took what this page has measured. */
  #say(thinking, told) {
    const took = told ?? this.#measured;
    const words = thinking ? this.#soFar() : took === null ? strings.reasoning : strings.thoughtFor(duration(took));
    if (this.#words.textContent !== words) this.#words.textContent = words;
    if (!this.element.isConnected) clearInterval(this.#timer);
  }

  #soFar() {
    const seconds = this.#begun ? Math.floor((performance.now() - this.#begun) / SECOND) : 0;
    return seconds > 0 ? strings.thinkingFor(duration(seconds * SECOND)) : strings.reasoningRunning;
  }
}
