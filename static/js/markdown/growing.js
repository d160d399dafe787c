/** The list or table at the end of an answer, whose finished items and rows are in the page already. */

import { isLoose } from "./blocks.js";

/** What takes the pieces of a list or table; null where a table has none yet. */
export const piecesOf = (element) => (element.matches(".table") ? element.querySelector("tbody") : element);

export class Growing {
  #markup;

  /** `type` is that of its opening token. */
  type;
  /** What makes rows a table: its head. Empty for a list. */
  prefix;
  /** Takes the pieces. */
  element;
  /** Whether the paragraphs of its items are set apart. */
  loose;

  /** `shell` is what was drawn of `block` without its pieces. */
  constructor(block, prefix, shell) {
    this.type = block.type;
    this.#markup = block.markup;
    this.prefix = prefix;
    this.element = piecesOf(shell);
    this.loose = isLoose(block);
  }

  get length() {
    return this.element.children.length;
  }

  /** Whether a block goes on with it. */
  isContinuedBy({ start, type, markup }) {
    return start === 0 && type === this.type && markup === this.#markup;
  }
}
