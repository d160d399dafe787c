/**
 * An answer as DOM, while it grows and when it is there. Only what further text can still change, the last block, is
 * parsed and drawn again; the cost of an answer is linear in its length.
 */

import { blocksOf, finishedCount, htmlOf } from "./blocks.js";
import { isOpen, openFence } from "./fence.js";
import { sanitise } from "./sanitise.js";

const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;

export class MarkdownView {
  #container;
  #enhance;
  #text = "";
  #frozen = 0;
  #live = [];
  #references = {};
  #drawings = 0;
  #fence = null;

  /** `enhance(fragment)` may add to what is drawn: it gets nodes that are sanitised already. */
  constructor(container, enhance = () => {}) {
    this.#container = container;
    this.#enhance = enhance;
  }

  /** Shows `text`, which mostly is what was shown and more. */
  update(text) {
    const normal = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
    if (normal === this.#text) return;
    if (!normal.startsWith(this.#text)) this.#clear();
    const shown = this.#text.length;
    this.#text = normal;
    if (!this.#growFence(shown)) this.#draw();
  }

  /** The text is complete: links whose address was defined after them are drawn once more. */
  finish() {
    if (this.#drawings < 2 || !DEFINITION.test(this.#text)) return;
    const text = this.#text;
    this.#clear();
    this.#text = text;
    this.#draw();
  }

  #clear() {
    this.#container.replaceChildren();
    this.#text = "";
    this.#frozen = 0;
    this.#live = [];
    this.#references = {};
    this.#drawings = 0;
    this.#fence = null;
  }

  #growFence(shown) {
    if (!this.#fence) return false;
    const lineBegin = this.#text.lastIndexOf("\n", shown - 1) + 1;
    if (!isOpen(this.#fence, this.#text, lineBegin)) {
      this.#fence = null;
      return false;
    }
    this.#fence.node.appendData(this.#text.slice(shown));
    return true;
  }

  #draw() {
    this.#drawings += 1;
    const tail = this.#text.slice(this.#frozen);
    const env = { references: { ...this.#references } };
    const blocks = blocksOf(tail, env);
    const finished = finishedCount(tail, blocks);
    for (const node of this.#live) node.remove();
    for (const block of blocks.slice(0, finished)) this.#container.append(this.#drawn(block, env));
    this.#live = blocks.slice(finished).flatMap((block) => this.#drawLive(block, env));
    if (finished > 0) this.#freeze(tail.slice(0, blocks[finished].start));
    this.#followFence(tail, blocks);
  }

  #drawn(block, env) {
    const fragment = sanitise(htmlOf(block, env));
    this.#enhance(fragment);
    return fragment;
  }

  #drawLive(block, env) {
    const fragment = this.#drawn(block, env);
    const nodes = [...fragment.childNodes];
    this.#container.append(fragment);
    return nodes;
  }

  /** What is frozen is not parsed again, so its link references are kept. A half-written one is not in it. */
  #freeze(text) {
    this.#frozen += text.length;
    if (DEFINITION.test(text)) blocksOf(text, { references: this.#references });
  }

  #followFence(tail, blocks) {
    const fence = openFence(tail, blocks.at(-1));
    const code = fence && this.#container.lastElementChild?.querySelector("code");
    if (!code) return;
    code.textContent = tail.slice(fence.begin);
    if (!code.firstChild) code.append("");
    this.#fence = { ...fence, node: code.firstChild };
  }
}
