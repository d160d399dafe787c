/**
 * Keeps the end of the conversation in view while the reader is there, and never moves it when the reader is not.
 *
 * Every scroll is somebody's: ours are remembered, so that what is left is the reader's (wheel, keys, scrollbar, a found word,
 * a link). Three pixels upward let go, within sixty pixels of the end it holds again. While the reader is busy with the page
 * (page/scroll-intents.js) it stands still.
 */

import { ScrollIntents } from "./scroll-intents.js";

const LET_GO = 3;
const HOLD = 60;
/** Further than so many windows away the way back is a jump. */
const GLIDE_WINDOWS = 3;
const GLIDE_MS = 1000;

const wantsCalm = matchMedia("(prefers-reduced-motion: reduce)");

export class ScrollKeeper {
  #frame;
  #onChange;
  #intents;
  #top;
  #lastEnd;
  #gliding = null;
  holding = true;

  /** `frame` scrolls, `content` grows in it; `onChange(holding)` hears when the reader leaves and comes back. */
  constructor(frame, content, onChange) {
    this.#frame = frame;
    this.#onChange = onChange;
    this.#top = frame.scrollTop;
    this.#lastEnd = this.#end;
    this.#intents = new ScrollIntents(frame, content, { begun: () => this.#interrupt(), over: () => this.follow() });
    frame.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    frame.addEventListener("scrollend", () => this.#gliding && this.hold());
    const observer = new ResizeObserver(() => this.follow());
    observer.observe(content);
    observer.observe(frame);
  }

  /** After a change of the content. */
  follow() {
    if (this.#gliding) return;
    this.#scrolled();
    if (this.holding && !this.#intents.isBusy) this.#toEnd();
    else if (this.holding && this.#fromEnd > HOLD) this.#set(false);
    this.#lastEnd = this.#end;
  }

  /** Goes to the end and stays there. */
  hold() {
    this.#land();
    this.#intents.settle();
    this.#set(true);
    this.#write(this.#end);
  }

  /** The same on the reader's wish: the way is shown, where it is short and motion is welcome and seen. */
  glide() {
    const isFar = this.#fromEnd > GLIDE_WINDOWS * this.#frame.clientHeight;
    if (isFar || wantsCalm.matches || document.hidden) return this.hold();
    this.#set(true);
    this.#gliding = setTimeout(() => this.hold(), GLIDE_MS);
    return this.#frame.scrollTo({ top: this.#end, behavior: "smooth" });
  }

  /** Runs `change`, and keeps the element `anchor` where the reader sees it; without one it only runs it. */
  keepPlace(anchor, change) {
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor) this.#write(this.#frame.scrollTop + anchor.getBoundingClientRect().top - before);
  }

  get #end() {
    return this.#frame.scrollHeight - this.#frame.clientHeight;
  }

  get #fromEnd() {
    return this.#end - this.#frame.scrollTop;
  }

  #toEnd() {
    if (Math.abs(this.#fromEnd) >= 1) this.#write(this.#end);
  }

  #write(top) {
    this.#frame.scrollTop = top;
    this.#top = this.#frame.scrollTop;
    this.#lastEnd = this.#end;
  }

  /** The reader goes another way than a glide. */
  #interrupt() {
    if (!this.#gliding) return;
    this.#land();
    if (this.#fromEnd > HOLD) this.#set(false);
  }

  /** Ends a glide where it is. */
  #land() {
    if (!this.#gliding) return;
    clearTimeout(this.#gliding);
    this.#gliding = null;
    this.#write(this.#frame.scrollTop);
  }

  /** While it holds, `#top` is the furthest that was reached: small steps upward add up. */
  #scrolled() {
    if (this.#gliding) return;
    const { scrollTop } = this.#frame;
    const shrunk = this.#end < this.#lastEnd; // also where the frame has grown
    const moved = scrollTop - this.#top;
    this.#lastEnd = this.#end;
    if (moved <= -LET_GO && !shrunk && this.#fromEnd > 1) this.#set(false);
    else if (moved > 0 && this.#fromEnd <= HOLD) this.#set(true);
    if (shrunk || !this.holding || moved > 0) this.#top = scrollTop;
  }

  #set(holding) {
    if (this.holding === holding) return;
    this.holding = holding;
    this.#onChange(holding);
  }
}
