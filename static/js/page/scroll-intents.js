/**
 * What the reader is doing to the page: about to scroll up, touching or pressing it, selecting text, opening something. Meanwhile
 * nothing may move under the hand: a button that moves between press and release is not pressed; a scroll by wheel or key takes some frames, and a write in between would undo it.
 */

const PAUSE_MS = 300;
const UPWARD = new Set(["PageUp", "Home", "ArrowUp"]);
const FIELDS = "input, textarea, select, [contenteditable]";
const OPENERS = "summary, [aria-expanded]";

export class ScrollIntents {
  #content;
  #begun;
  #over;
  #isTouched = false;
  #wasSelecting = false;
  #timer = null;

  /** `begun()` is called when the reader begins something, `over()` when it may be over. */
  constructor(frame, content, { begun, over }) {
    this.#content = content;
    this.#begun = begun;
    this.#over = over;
    const passive = { passive: true };
    frame.addEventListener("wheel", (event) => goesUp(event, frame) && this.#pause(), passive);
    frame.addEventListener("touchstart", () => this.#touch(true), passive);
    for (const type of ["touchend", "touchcancel"]) frame.addEventListener(type, () => this.#touch(false), passive);
    // The first button only: the browser's menu hides the end of another one's press.
    content.addEventListener("pointerdown", ({ pointerType, button }) => pointerType === "mouse" && button === 0 && this.#touch(true));
    for (const type of ["pointerup", "pointercancel"]) {
      document.addEventListener(type, ({ pointerType }) => pointerType === "mouse" && this.#isTouched && this.#touch(false));
    }
    frame.addEventListener("keydown", (event) => isUpward(event) && this.#pause());
    content.addEventListener("click", ({ target }) => target.closest(OPENERS) && this.#pause());
    document.addEventListener("selectionchange", () => this.#selected());
  }

  get isBusy() {
    return this.#isTouched || this.#timer !== null || this.#isSelecting;
  }

  /** Forgets what was begun: the reader wants something else now. */
  settle() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  get #isSelecting() {
    const selection = getSelection();
    return !selection.isCollapsed && this.#content.contains(selection.anchorNode);
  }

  #selected() {
    const was = this.#wasSelecting;
    this.#wasSelecting = this.#isSelecting;
    if (was && !this.#wasSelecting) this.#over();
  }

  #pause() {
    this.#begun();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#over();
    }, PAUSE_MS);
  }

  #touch(isTouched) {
    this.#isTouched = isTouched;
    if (isTouched) this.#begun();
    else this.#pause();
  }
}

/** A wheel over something that scrolls by itself, and still can, does not move the page. */
function goesUp({ deltaY, ctrlKey, target }, frame) {
  if (deltaY >= 0 || ctrlKey) return false;
  for (let node = target; node && node !== frame; node = node.parentElement) if (node.scrollTop > 0) return false;
  return true;
}

const isUpward = ({ key, shiftKey, target }) => (UPWARD.has(key) || (key === " " && shiftKey)) && !target.closest(FIELDS);
