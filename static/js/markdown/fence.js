/** A code block that is still open grows by plain text: no parsing, however long it gets. */

/** A text node of this many characters is followed by another in an element of its own: laying it out again has a cost. */
const PART = 16_000;

export class OpenFence {
  #code;
  #closing;
  #part;

  /** How much of the text is shown. */
  shown;

  /** Where the code of a fence begins that `block`, the last one of `text`, may have left open; -1 where it is none. */
  static begin(text, { tokens: [token], start }) {
    if (token.type !== "fence" || !text.startsWith(token.markup, start)) return -1;
    return text.indexOf("\n", start) + 1 || -1;
  }

  /** `begin` is an offset in the texts that `grow` will get. */
  constructor(markup, begin, element) {
    this.#closing = new RegExp(`^ {0,3}\\${markup[0]}{${markup.length},}[ \\t]*$`, "gm");
    this.shown = begin;
    this.#code = element.querySelector("code");
    this.#code.replaceChildren();
    this.#part = this.#code.appendChild(document.createTextNode(""));
  }

  /**
   * Shows what `text` has more; the offset after the fence where it is closed, else -1. A last line that may yet close it waits
   * until `complete`.
   */
  grow(text, complete) {
    this.#closing.lastIndex = this.#lineStart(text, this.shown);
    const found = this.#closing.exec(text);
    const isClosed = found !== null && (complete || this.#closing.lastIndex < text.length);
    const line = this.#lineStart(text, text.length);
    const waits = !complete && /^ {0,3}(?:`+|~+)?[ \t]*$/.test(text.slice(line, line + 200));
    const end = found ? found.index : waits ? line : text.length;
    if (end > this.shown) this.#append(text.slice(this.shown, end));
    this.shown = Math.max(end, this.shown);
    return isClosed ? Math.min(this.#closing.lastIndex + 1, text.length) : -1;
  }

  #lineStart = (text, index) => text.lastIndexOf("\n", index - 1) + 1;

  #append(text) {
    for (let rest = text; rest !== ""; ) {
      if (this.#part.length >= PART) this.#newPart();
      const newline = rest.indexOf("\n", PART - this.#part.length);
      const end = newline < 0 || newline > PART * 2 ? Math.min(rest.length, PART * 2) : newline + 1;
      this.#part.appendData(rest.slice(0, end));
      rest = rest.slice(end);
    }
  }

  #newPart() {
    const part = document.createElement("span");
    part.className = "code__part";
    this.#part = part.appendChild(document.createTextNode(""));
    this.#code.append(part);
  }
}
