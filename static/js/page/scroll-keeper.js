/**
 * Keeps the end of the conversation in view while the reader is there, and never moves it when the reader is not.
 *
 * Every scroll is somebody's: ours are remembered, so that what is left is the reader's. Three pixels upward let go,
 * within sixty pixels of the end it holds again.
 */

const LET_GO = 3;
const HOLD = 60;

export class ScrollKeeper {
  #frame;
  #onChange;
  #top;
  #height;
  holding = true;

  /** `frame` scrolls, `content` grows in it; `onChange(holding)` hears when the reader leaves and comes back. */
  constructor(frame, content, onChange) {
    this.#frame = frame;
    this.#onChange = onChange;
    this.#top = frame.scrollTop;
    this.#height = frame.scrollHeight;
    frame.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const observer = new ResizeObserver(() => this.follow());
    observer.observe(content);
    observer.observe(frame);
  }

  /** After a change of the content. */
  follow() {
    if (this.holding) this.#toEnd();
    this.#height = this.#frame.scrollHeight;
  }

  /** The reader asks for the end. */
  hold() {
    this.#set(true);
    this.#toEnd();
  }

  /** Runs `change`, and keeps the element `anchor` where the reader sees it; without one it only runs it. */
  keepPlace(anchor, change) {
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor) this.#write(this.#frame.scrollTop + anchor.getBoundingClientRect().top - before);
  }

  #toEnd() {
    const end = this.#frame.scrollHeight - this.#frame.clientHeight;
    if (Math.abs(end - this.#frame.scrollTop) >= 1) this.#write(end);
  }

  #write(top) {
    this.#frame.scrollTop = top;
    this.#top = this.#frame.scrollTop;
    this.#height = this.#frame.scrollHeight;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#frame;
    const shrunk = scrollHeight < this.#height;
    const moved = scrollTop - this.#top;
    const fromEnd = scrollHeight - clientHeight - scrollTop;
    this.#top = scrollTop;
    this.#height = scrollHeight;
    if (moved < -LET_GO && !shrunk && fromEnd > 1) this.#set(false);
    else if (moved > 0 && fromEnd <= HOLD) this.#set(true);
  }

  #set(holding) {
    if (this.holding === holding) return;
    this.holding = holding;
    this.#onChange(holding);
  }
}
