/**
 * How far an answer is drawn. What no further text can change is drawn once: finished blocks, and finished items and rows of the
 * list or table at the end. Only the rest is parsed and drawn again, and it is never longer than a window: a block that grows
 * out of it is cut.
 */

import { blocksOf, finishedCount, parted } from "./blocks.js";
import { finishCode } from "./code.js";
import { OpenFence } from "./fence.js";
import { Growing } from "./growing.js";
import { healed } from "./provisional.js";

const FENCE_STEP = 16_000; // characters

export class Progress {
  #drawing;
  #pace;
  #frozen = 0;
  #growing = null;
  #live = [];
  #fence = null;

  constructor(drawing, pace) {
    this.#drawing = drawing;
    this.#pace = pace;
  }

  clear() {
    this.#drawing.clear();
    this.#frozen = 0;
    this.#growing = this.#fence = null;
    this.#live = [];
  }

  /** The offset up to which nothing is drawn again. */
  get place() {
    return this.#fence?.shown ?? this.#frozen;
  }

  /** The items or rows that the browser has to lay out with what comes. */
  get pieces() {
    return this.#growing?.length ?? 0;
  }

  /** `text` is complete, and all of it is drawn; whether there is more to mend than there is time for. */
  settle(text) {
    return this.#drawing.settle(this.#live, text.slice(this.#frozen), () => this.#pace.hasTime);
  }

  /** Draws the window of `text` after what is frozen; whether more follows it. */
  step(text, complete) {
    if (this.#fence) return this.#growFence(text, complete);
    const { raw, isLast } = this.#pace.windowOf(text, this.#frozen);
    const growing = isLast && !complete;
    const prefix = this.#growing?.prefix ?? "";
    const source = prefix + raw;
    const env = this.#drawing.environment({ growing, provisional: growing || !isLast });
    const blocks = blocksOf(growing ? prefix + healed(raw) : source, env);
    for (const block of blocks) block.place = this.#frozen + block.start - prefix.length;
    const finished = finishedCount(source, blocks, !isLast);
    this.#drawing.beginRevision(this.#live);
    this.#live = [];
    const freeze = (count) => {
      for (const [index, block] of blocks.slice(0, count).entries()) {
        this.#freeze(block, env, source.slice(block.start, blocks[index + 1]?.start));
      }
    };
    freeze(finished);
    const begin = this.#showRest(blocks.slice(finished), env, source, isLast) - prefix.length;
    if (begin > 0) this.#keep(raw.slice(0, begin));
    else if (!isLast && !this.#fence) {
      freeze(blocks.length);
      this.#growing = null;
      this.#keep(raw);
    }
    this.#drawing.endRevision();
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
    if (!this.#continued(block)) this.#growing = new Growing(block, prefix, this.#drawing.drawShell(shell, env));
    this.#drawing.freeze(done, env, this.#growing, source.slice(block.start, begin));
    return this.#growing;
  }

  #continued(block) {
    return this.#growing?.isContinuedBy(block) ? this.#growing : null;
  }

  #keep(text) {
    this.#drawing.keepReferences(text);
    this.#frozen += text.length;
  }

  #growFence(text, complete) {
    const reach = this.#fence.shown + FENCE_STEP;
    const isAll = reach >= text.length;
    const end = this.#fence.grow(isAll ? text : text.slice(0, reach), isAll && complete);
    if (end < 0) {
      if (isAll && complete) this.#fence = null;
      return !isAll;
    }
    finishCode(this.#live);
    this.#live = [];
    this.#fence = null;
    this.#frozen = end;
    return end < text.length;
  }
}
