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
  #parts = [];
  #lengths = new WeakMap();

  constructor(container) {
    this.#container = container;
  }

  clear() {
    this.#parts = [];
  }

  /** Puts a block of `length` characters at the end, which is before the element `end`, or where that is null the end of the container. */
  append(node, length, end) {
    if (this.#isFull(this.#parts.at(-1))) this.#begin(end);
    this.#parts.at(-1).append(node);
    this.#lengths.set(node, length);
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

  #isFull(part) {
    if (!part) return true;
    if (part.lastElementChild && KEEPS_NEXT.has(part.lastElementChild.tagName)) return false;
    const length = [...part.children].reduce((sum, node) => sum + (this.#lengths.get(node) ?? 0), 0);
    return part.childElementCount >= BLOCKS || length >= LENGTH;
  }
}
