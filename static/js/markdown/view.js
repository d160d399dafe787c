/**
 * An answer as DOM, while it grows and when it is there.
 *
 * What no further text can change is drawn once: finished blocks, and finished items and rows of the list or table at the end. Only
 * the rest is parsed and drawn again, and it is never longer than a window: a block that grows out of it is cut. So the
 * cost of an answer is linear in its length, and that of a task is bounded: a long text is drawn window by window.
 */

import { blocksOf, finishedCount, isLoose, parted } from "./blocks.js";
import { finishCode } from "./code.js";
import { copyTex } from "./copying.js";
import { Drawing } from "./drawing.js";
import { OpenFence } from "./fence.js";
import { healed } from "./provisional.js";

const WINDOW = 10_500; // characters: a little more than math may have
const SMALLEST_WINDOW = 1_500;
const FENCE_STEP = 30_000;
const TASK_MS = 12;
const TASK_LENGTH = 24_000; // characters: the browser has to lay them out
const SLOW_MS = 25; // text made to be slow to parse is read in smaller windows
const PATIENCE_MS = 250;

export class MarkdownView {
  #drawing;
  #raw = "";
  #text = "";
  #frozen = 0;
  #drawn = 0;
  #window = WINDOW;
  #growing = null;
  #live = [];
  #fence = null;
  #complete = false;
  #timer = null;

  /** `enhance(fragment)` may add to what is drawn: it gets nodes that are sanitised already. */
  constructor(container, enhance = () => {}) {
    this.#drawing = new Drawing(container, enhance);
    copyTex(container);
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
    if (complete || this.#mayDraw()) this.#advance();
    else this.#timer ??= setTimeout(() => this.#advance(), PATIENCE_MS);
  }

  /** What costs more to draw again, or to lay out, is drawn in larger steps, so that all of them together stay linear. */
  #mayDraw() {
    const live = this.#fence ? 0 : this.#drawn - this.#frozen;
    const pieces = this.#growing?.element.children.length ?? 0;
    return this.#text.length - this.#drawn >= (live - 1600) / 16 + Math.max(pieces - 200, 0);
  }

  #clear() {
    this.#drawing.clear();
    this.#frozen = this.#drawn = 0;
    this.#growing = this.#fence = null;
    this.#live = [];
  }

  /** Draws until the time of a task is over; the rest comes in later ones. */
  #advance() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#drawn = this.#text.length;
    const begun = performance.now();
    const from = this.#fence?.shown ?? this.#frozen;
    for (let before = begun; this.#step(); before = performance.now()) {
      const took = performance.now() - before;
      this.#window = Math.min(WINDOW, Math.max(SMALLEST_WINDOW, took > SLOW_MS ? this.#window / 2 : this.#window * 1.25));
      const length = (this.#fence?.shown ?? this.#frozen) - from;
      if (performance.now() - begun < TASK_MS && length < TASK_LENGTH) continue;
      this.#timer = setTimeout(() => this.#advance());
      return;
    }
    if (this.#complete) this.#drawing.settle(this.#live, this.#text.slice(this.#frozen));
  }

  /** Draws the window after what is frozen; whether more follows it. */
  #step() {
    if (this.#fence) return this.#growFence();
    const isLast = this.#frozen + this.#window >= this.#text.length;
    const raw = isLast ? this.#text.slice(this.#frozen) : firstLines(this.#text.slice(this.#frozen, this.#frozen + this.#window));
    const growing = isLast && !this.#complete;
    const prefix = this.#growing?.prefix ?? "";
    const source = prefix + raw;
    const env = this.#drawing.environment({ growing, provisional: growing || !isLast });
    const blocks = blocksOf(growing ? prefix + healed(raw) : source, env);
    const finished = finishedCount(source, blocks);
    for (const node of this.#live) node.remove();
    this.#live = [];
    const freeze = (count) => {
      for (const [index, block] of blocks.slice(0, count).entries()) {
        this.#freeze(block, env, source.slice(block.start, blocks[index + 1]?.start));
      }
    };
    freeze(finished);
    const begin = this.#showRest(blocks.slice(finished), env, source, isLast) - prefix.length;
    if (begin > 0) this.#keep(begin);
    else if (!isLast && !this.#fence) {
      freeze(blocks.length);
      this.#growing = null;
      this.#keep(raw.length);
    }
    return !isLast || this.#fence !== null;
  }

  /** Freezes what is finished of the first of `blocks` and shows what is not; where that begins in `source`. */
  #showRest([first, ...others], env, source, isLast) {
    if (!first) return 0;
    const parts = parted(source, first);
    const growing = parts ? this.#freezePieces(first, parts, env, source) : this.#continued(first);
    const fence = OpenFence.begin(source, others.at(-1) ?? first);
    if (isLast || fence >= 0) {
      this.#live = this.#drawing.draw(parts?.rest ?? first, env, growing);
      for (const block of others) this.#live.push(...this.#drawing.draw(block, env));
    }
    if (fence >= 0) this.#fence = new OpenFence(first.markup, this.#frozen + fence - (this.#growing?.prefix.length ?? 0), this.#live.at(-1));
    return parts?.begin ?? first.start;
  }

  #freeze(block, env, source) {
    this.#drawing.freeze(block, env, this.#continued(block), source);
    this.#growing = null;
  }

  /** The list or table that the finished pieces went to, for those that follow. */
  #freezePieces(block, { shell, done, begin, prefix }, env, source) {
    const { type, markup } = block;
    if (!this.#continued(block)) {
      const [element] = this.#drawing.draw(shell, env);
      this.#growing = { type, markup, prefix, element: element.querySelector("tbody") ?? element, loose: isLoose(block) };
    }
    this.#drawing.freeze(done, env, this.#growing, source.slice(block.start, begin));
    return this.#growing;
  }

  #continued({ start, type, markup }) {
    const growing = this.#growing;
    return growing && start === 0 && type === growing.type && markup === growing.markup ? growing : null;
  }

  #keep(length) {
    this.#drawing.keepReferences(this.#text.slice(this.#frozen, this.#frozen + length));
    this.#frozen += length;
  }

  #growFence() {
    const reach = this.#fence.shown + FENCE_STEP;
    const isAll = reach >= this.#text.length;
    const end = this.#fence.grow(isAll ? this.#text : this.#text.slice(0, reach), isAll && this.#complete);
    if (end < 0) {
      if (isAll && this.#complete) this.#fence = null;
      return !isAll;
    }
    finishCode(this.#live);
    this.#live = [];
    this.#fence = null;
    this.#frozen = end;
    return end < this.#text.length;
  }
}

/** A window ends with a line where it can, else with a word, and between two characters in any case. */
function firstLines(text) {
  const ends = [text.lastIndexOf("\n") + 1, text.lastIndexOf(" ") + 1, text.length - (/[\ud800-\udbff]$/.test(text) ? 1 : 0)];
  return text.slice(0, ends.find((end) => end > text.length / 2));
}
