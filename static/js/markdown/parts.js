/**
 * The blocks of an answer, some two dozen to a part: what grows makes the browser look at the blocks of the last part and at the
 * parts before it, not at every block of the answer.
 */

import { make } from "../page/dom.js";

const LENGTH = 24; // blocks
/** The space below these is not that of other blocks, and a part keeps to itself what is below its last one. */
const KEEPS_NEXT = new Set(["H1", "H2", "H3", "H4", "H5", "H6", "HR"]);

export class Parts {
  #container;
  #parts = [];

  constructor(container) {
    this.#container = container;
  }

  clear() {
    this.#parts = [];
  }

  /** Puts a block at the end, which is before the element `end`, or where that is null the end of the container. */
  append(node, end) {
    if (isFull(this.#parts.at(-1))) this.#begin(end);
    this.#parts.at(-1).append(node);
  }

  /** Blocks at the end have gone: a part that has none left goes too, so that how a text came does not show in its DOM. */
  trim() {
    while (this.#parts.at(-1)?.childElementCount === 0) this.#parts.pop().remove();
  }

  #begin(end) {
    const part = make("div", { class: "prose__part" });
    this.#parts.push(part);
    this.#container.insertBefore(part, end);
  }
}

const isFull = (part) => !part || (part.childElementCount >= LENGTH && !KEEPS_NEXT.has(part.lastElementChild.tagName));
