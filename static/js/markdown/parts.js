/**
 * The blocks of an answer, some two dozen to a part, of long ones fewer: what grows makes the browser look at the blocks of the
 * last part and at the parts before it, not at every block of the answer.
 */

import { make } from "../page/dom.js";

const BLOCKS = 24;
const LENGTH = 8_000; // characters
/** The space below these is not that of other blocks, and a part keeps to itself what is below its last one. */
const KEEPS_NEXT = new Set(["H1", "H2", "H3", "H4", "H5", "H6", "HR"]);

export class Parts {
  #container;
  /** {element, place} of each: where its first block begins in the text. */
  #parts = [];

  constructor(container) {
    this.#container = container;
  }

  clear() {
    this.#parts = [];
  }

  /** Puts a block that begins at `place` at the end, which is before the element `end`, or where that is null the end of the container. */
  append(node, place, end) {
    if (isFull(this.#parts.at(-1), place)) this.#begin(place, end);
    this.#parts.at(-1).element.append(node);
  }

  /** Blocks at the end have gone: a part that has none left goes too, so that how a text came does not show in its DOM. */
  trim() {
    while (this.#parts.at(-1)?.element.childElementCount === 0) this.#parts.pop().element.remove();
  }

  #begin(place, end) {
    const element = make("div", { class: "prose__part" });
    this.#parts.push({ element, place });
    this.#container.insertBefore(element, end);
  }
}

const isFull = (part, place) =>
  !part || ((part.element.childElementCount >= BLOCKS || place - part.place >= LENGTH) && !KEEPS_NEXT.has(part.element.lastElementChild.tagName));
