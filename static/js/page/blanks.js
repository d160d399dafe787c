/** Blanks of a text, `{{like this}}`: Tab selects one after the other, to be written over. Escape gives Tab back. */

import { isComposing } from "./keys.js";

const BLANK = /\{\{[^{}\n]{1,80}\}\}/g;

export class Blanks {
  #field;
  #changed;
  #isActive = false;

  /** `changed(count)` hears how many are left to fill in, 0 when it is over. */
  constructor(field, changed) {
    this.#field = field;
    this.#changed = changed;
    field.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    field.addEventListener("input", () => this.#tell());
  }

  /** Goes to the first blank from there on, if there is one. */
  begin(from) {
    const { selectionEnd } = this.#field;
    this.#isActive = true;
    this.#field.setSelectionRange(from, from);
    if (!this.#step(1)) this.#field.setSelectionRange(selectionEnd, selectionEnd);
    this.#tell();
  }

  #found() {
    return [...this.#field.value.matchAll(BLANK)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  }

  #key(event) {
    if (!this.#isActive || isComposing(event)) return;
    if (event.key === "Escape") return this.#end();
    if (event.key === "Tab" && !event.ctrlKey && !event.altKey && this.#step(event.shiftKey ? -1 : 1)) event.preventDefault();
    return undefined;
  }

  /** Selects the next blank, round the end; false where none is left. */
  #step(direction) {
    const found = this.#found();
    const { selectionStart, selectionEnd } = this.#field;
    const next = found.find(({ start }) => start >= selectionEnd) ?? found[0];
    const previous = found.findLast(({ end }) => end <= selectionStart) ?? found.at(-1);
    const blank = direction > 0 ? next : previous;
    if (blank) this.#field.setSelectionRange(blank.start, blank.end);
    return Boolean(blank);
  }

  #tell() {
    if (!this.#isActive) return;
    const count = this.#found().length;
    if (count === 0) this.#end();
    else this.#changed(count);
  }

  #end() {
    this.#isActive = false;
    this.#changed(0);
  }
}
