/** The text of an answer: reasoning, markdown, and the pen while nothing has come. */

import { make } from "../page/dom.js";
import { markdown } from "../page/later.js";
import { PlainText } from "../page/plain-text.js";
import { strings } from "../page/strings.js";
import { drawSoon } from "./backlog.js";
import { withCopyButtons } from "./copy-button.js";
import { Reasoning } from "./reasoning.js";

/** Drawing takes at most this part of the time, however slow the device and long the block. */
const SHARE = 1 / 3;

export class AnswerText {
  #reasoning = new Reasoning();
  #prose = make("div", { class: "prose" });
  #plain = new PlainText(this.#prose);
  #waiting = make(
    "p",
    { class: "waiting" },
    make("span", { class: "pen" }),
    make("span", { class: "waiting__words", textContent: strings.waiting }),
  );
  #view = null;
  #isDrawn = false;
  #message = null;
  #restUntil = 0;
  #timer = null;

  constructor(body) {
    body.append(this.#reasoning.element, this.#prose, this.#waiting);
    markdown.use(({ MarkdownView }) => {
      this.#view = new MarkdownView(this.#prose, withCopyButtons);
      if (this.#message) this.show(this.#message);
    });
  }

  show(message) {
    this.#message = message;
    const running = message.pending || message.generation?.status === "running";
    const took = message.generation?.timings?.reasoning_ms;
    this.#reasoning.show(message.reasoning, running && message.content === "", took);
    this.#waiting.hidden = !running || message.content !== "" || message.reasoning !== "";
    this.#prose.hidden = message.content === "";
    if (!this.#view) this.#showPlain(running);
    else if (running) this.#drawInTime();
    else this.#finish();
  }

  /** Until there is what draws it, the text stands as it came. */
  #showPlain(running) {
    this.#prose.classList.add("message__plain");
    this.#prose.classList.toggle("message__plain--whole", !running);
    this.#plain.show(this.#message.content);
  }

  #drawInTime() {
    const early = this.#restUntil - performance.now();
    if (early > 0) {
      this.#timer ??= setTimeout(() => this.#draw(), early);
      return;
    }
    this.#draw();
  }

  #draw() {
    this.#begin();
    const begun = performance.now();
    this.#view.update(this.#message.content);
    const ended = performance.now();
    this.#restUntil = ended + (ended - begun) * (1 / SHARE - 1);
  }

  #finish() {
    if (!this.#isDrawn) {
      drawSoon(this.#prose, () => this.#isDrawn || this.#drawAll());
      return;
    }
    this.#drawAll();
  }

  #drawAll() {
    this.#begin();
    this.#view.finish(this.#message.content);
  }

  /** What stood there as plain text gives way to what is drawn. */
  #begin() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#isDrawn) return;
    this.#isDrawn = true;
    this.#prose.replaceChildren();
    this.#prose.classList.remove("message__plain", "message__plain--whole");
  }
}
