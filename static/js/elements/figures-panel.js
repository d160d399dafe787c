/** All that an answer took, at the short line that tells some of it. */

import { isSomethingOpen, make } from "../page/dom.js";
import { openPopover } from "../page/popover.js";
import { rateOf } from "../page/rate.js";
import { panelStrings } from "../page/panel-strings.js";
import { duration, formats, strings } from "../page/strings.js";

const HOVER_MS = 400;
/** Time to get from the line into the panel. */
const LEAVE_MS = 200;

const known = new WeakMap();
/** The one whose panel is open. */
let shown = null;

/** The panel at a button that tells some of a message's figures. */
export function figuresAt(button, message) {
  if (!known.has(button)) known.set(button, new Figures(button, message));
  return known.get(button);
}

/**
 * Under the pointer it opens only where nothing else is open, which it would close, and stays while the pointer is on either; a
 * press keeps it, the next one closes it.
 */
class Figures {
  #button;
  #message;
  #panel = null;
  #isPressed = false;
  #timer = null;

  constructor(button, message) {
    this.#button = button;
    this.#message = message;
    button.addEventListener("pointerleave", () => this.#leave());
  }

  press() {
    if (!this.#button.isConnected) return;
    if (!this.#panel) this.#open(focused);
    else if (this.#isPressed) this.#panel.hidePopover();
    else {
      this.#isPressed = true;
      focused(this.#panel);
    }
  }

  /** A panel whose line was drawn anew under the pointer goes: the new line opens its own. */
  enter() {
    if (shown && !shown.#button.isConnected) shown.#leave();
    if (this.#panel) this.#stay();
    else this.#soon(HOVER_MS, () => this.#button.isConnected && !isSomethingOpen() && this.#open());
  }

  #open(focus) {
    this.#stay();
    const closed = () => {
      this.#panel = this.#button.popoverTargetElement = null;
      if (shown === this) shown = null;
    };
    const table = make("dl", { class: "figures__table" }, ...rowsOf(this.#message).flatMap(row));
    this.#panel = openPopover(this.#button, [table], { label: strings.aboutAnswer, name: "figures-panel", focus, closed });
    // A press on a panel's own button is not one outside of it.
    this.#button.popoverTargetElement = this.#panel;
    this.#button.popoverTargetAction = "show";
    this.#isPressed = Boolean(focus);
    shown = this.#panel && this;
    this.#panel?.addEventListener("pointerenter", () => this.#stay());
    this.#panel?.addEventListener("pointerleave", () => this.#leave());
  }

  #leave() {
    this.#soon(LEAVE_MS, () => this.#panel && !this.#panel.contains(document.activeElement) && this.#panel.hidePopover());
  }

  #stay() {
    clearTimeout(this.#timer);
  }

  #soon(milliseconds, deed) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(deed, milliseconds);
  }
}

const focused = (panel) => panel.focus({ preventScroll: true });

function rowsOf({ model_id, generation }) {
  const { connection, status, finish_reason, timings, usage, omitted_messages: omitted } = generation ?? {};
  const model = generation?.model_id || model_id;
  const { figures } = panelStrings;
  const rate = rateOf(timings, usage);
  return [
    [figures.model, model],
    [figures.connection, connection],
    [figures.firstDelta, timings?.first_delta_ms != null && duration(timings.first_delta_ms)],
    [figures.reasoning, timings?.reasoning_ms != null && duration(timings.reasoning_ms)],
    [figures.duration, timings?.duration_ms != null && duration(timings.duration_ms)],
    [figures.rate, rate !== null && strings.tokensPerSecond(rate)],
    [figures.read, usage?.input_tokens != null && strings.tokens(usage.input_tokens)],
    [figures.written, usage?.output_tokens != null && strings.tokens(usage.output_tokens)],
    [figures.ended, status && panelStrings.ended(status, finish_reason)],
    [figures.omitted, omitted > 0 && formats.number(omitted)],
  ].filter(([, value]) => value);
}

const row = ([name, value]) => [make("dt", { textContent: name }), make("dd", { textContent: value })];
