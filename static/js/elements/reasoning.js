/** What a model thought before it answered: folded away, plain text, there while it is thinking. */

import { icon, make } from "../page/dom.js";
import { strings } from "../page/strings.js";

export class Reasoning {
  #words = document.createElement("span");
  #text = make("div", { class: "reasoning__text message__plain" });
  #node = document.createTextNode("");

  constructor() {
    this.#text.append(this.#node);
    const summary = make("summary", { class: "reasoning__summary" }, icon("chevron-down"), this.#words);
    this.element = make("details", { class: "reasoning", hidden: true }, summary, this.#text);
  }

  /** `thinking` while nothing of the answer itself has come. */
  show(text, thinking) {
    this.element.hidden = text === "";
    this.element.classList.toggle("reasoning--running", thinking);
    const words = thinking ? strings.reasoningRunning : strings.reasoning;
    if (this.#words.textContent !== words) this.#words.textContent = words;
    const shown = this.#node.data;
    if (text.startsWith(shown)) this.#node.appendData(text.slice(shown.length));
    else this.#node.data = text;
  }
}
