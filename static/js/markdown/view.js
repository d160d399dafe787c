/**
 * An answer as DOM, while it grows and when it is there. The cost of an answer is linear in its length, and that of a task is
 * bounded: a long text is drawn window by window.
 */

import { copyTex } from "./copying.js";
import { Drawing } from "./drawing.js";
import { Pace } from "./pace.js";
import { Progress } from "./progress.js";
import { drawOn, drawnOn } from "./unfinished.js";

const PATIENCE_MS = 250;

export class MarkdownView {
  #container;
  #pace = new Pace();
  #progress;
  #raw = "";
  #text = "";
  #drawn = 0;
  #complete = false;
  #timer = null;

  /** `enhance(fragment)` may add to what is drawn: it gets nodes that are sanitised already. */
  constructor(container, enhance = () => {}) {
    this.#container = container;
    this.#progress = new Progress(new Drawing(container, enhance), this.#pace);
    copyTex(container);
  }

  get isConnected() {
    return this.#container.isConnected;
  }

  /** Shows `text`, which mostly is what was shown and more. */
  update(text) {
    if (text !== this.#raw || this.#complete) this.#take(text, false);
  }

  /** The text is complete: what was half-open is what it says, and names that were defined after their use are links. */
  finish(text = this.#raw) {
    if (text !== this.#raw || !this.#complete) this.#take(text, true);
  }

  #take(text, complete) {
    if (!text.startsWith(this.#raw)) this.#clear();
    this.#text = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
    this.#raw = text;
    this.#complete = complete;
    if (complete || this.#mayDraw()) this.advance();
    else this.#timer ??= setTimeout(() => this.advance(), PATIENCE_MS);
  }

  /** What costs more to draw again, or to lay out, is drawn in larger steps, so that all of them together stay linear. */
  #mayDraw() {
    const live = Math.max(this.#drawn - this.#progress.place, 0);
    return this.#text.length - this.#drawn >= (live - 1600) / 16 + Math.max(this.#progress.pieces - 200, 0);
  }

  #clear() {
    this.#progress.clear();
    this.#drawn = 0;
  }

  /** Draws until a task has done enough; the rest comes before later paints. */
  advance() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#drawn = this.#text.length;
    this.#pace.begin(this.#progress.place);
    while (this.#progress.step(this.#text, this.#complete)) {
      if (this.#pace.mayGoOn(this.#progress.place)) continue;
      drawOn(this);
      return;
    }
    if (this.#complete && this.#progress.settle(this.#text)) drawOn(this);
    else drawnOn(this);
  }
}
