/**
 * Text as it came, in an element: in parts where it is long, each laid out by itself. What grows makes the browser look at the last
 * one. chat/web/plain.py parts a text the same way.
 */

import { make } from "./dom.js";

const LENGTH = 16_000; // characters
/** A longer word is shown in pieces: what a line of it takes up is measured from its beginning, so its cost is quadratic. */
const LONGEST_WORD = 500;
/** Letters of scripts that write without spaces make no word. */
const WORD = /[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]{1,501}/g;

export class PlainText {
  #element;
  #shown = "";
  #begin = 0;
  #last = null;

  /** Takes the place of what `element` has. */
  constructor(element) {
    this.#element = element;
    this.#clear();
  }

  /** Shows `text`: where it is what was shown and more, only the last part changes. */
  show(text) {
    if (text === this.#shown) return;
    if (!text.startsWith(this.#shown)) this.#clear();
    this.#shown = text;
    for (;;) {
      const rest = text.slice(this.#begin, this.#begin + LENGTH + 1);
      const end = partEnd(rest);
      this.#fill(rest.slice(0, end));
      this.#begin += end === rest.length ? 0 : end;
      if (end === rest.length) return;
      this.#last = null;
    }
  }

  #clear() {
    this.#shown = "";
    this.#begin = 0;
    this.#last = null;
    this.#element.replaceChildren();
  }

  #fill(text) {
    this.#last ??= this.#newPart();
    const { data } = this.#last;
    if (text.startsWith(data)) this.#last.appendData(text.slice(data.length));
    else this.#last.data = text;
  }

  #newPart() {
    const node = document.createTextNode("");
    this.#element.append(make("span", { class: "plain-part" }, node));
    return node;
  }
}

/** Where the first part of `text` ends; its length where all of it is one. */
function partEnd(text) {
  for (const { index, 0: word } of text.slice(0, LENGTH).matchAll(WORD)) {
    if (word.length > LONGEST_WORD) return index || betweenCharacters(text, LONGEST_WORD);
  }
  if (text.length <= LENGTH) return text.length;
  const end = [text.lastIndexOf("\n", LENGTH - 1) + 1, text.lastIndexOf(" ", LENGTH - 1) + 1].find((place) => place > LENGTH / 2);
  return end ?? betweenCharacters(text, LENGTH);
}

const betweenCharacters = (text, end) => end - (/[\ud800-\udbff]/.test(text[end - 1]) ? 1 : 0);
