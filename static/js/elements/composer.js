/** Where a message is written, sent and stopped. Text that is not sent stays, for each conversation its own. */

import { ask } from "../page/dom.js";
import { isComposing, isTouch } from "../page/keys.js";
import { lengthLeft, lengthProblem } from "../page/limits.js";
import { strings } from "../page/strings.js";
import { mayWrite, returnedHere, runningGeneration, shownId } from "../state/view.js";

const NEW = "new";

class Composer extends HTMLElement {
  #picker;
  #text;
  #send;
  #stop;
  #count;
  #state = null;
  #place = 0;
  #key = NEW;
  #texts = new Map();
  #offered = new WeakSet();

  /** `picker.choice` is the picked model, null where none can answer; `picker.problem` says why. */
  begin(picker) {
    this.#picker = picker;
    this.#text = this.querySelector(".composer__text");
    this.#send = this.querySelector(".composer__send");
    this.#stop = this.querySelector(".composer__stop");
    this.#count = this.querySelector(".composer__count");
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#stop.addEventListener("click", () => ask(this, "stop", { generationId: runningGeneration(this.#state) }));
    this.#text.addEventListener("input", () => this.refresh());
    this.#text.addEventListener("keydown", (event) => this.#enter(event));
    if (!isTouch()) this.#text.focus();
  }

  show(state) {
    this.#state = state;
    this.#follow(state);
    this.#takeBack(state);
    this.refresh();
  }

  /** A text that was refused stands here again, above what has been written since. */
  putBack(content) {
    const written = this.#text.value;
    this.#write(written.trim() === "" ? content : `${content}\n\n${written}`);
    this.#text.focus();
  }

  /** After a change of the text or of the model. */
  refresh() {
    const tooLong = lengthProblem(this.#text.value);
    const problem = tooLong ?? this.#picker.problem;
    const left = lengthLeft(this.#text.value);
    this.#count.textContent = problem ?? (left === null ? "" : strings.left(left));
    this.#count.classList.toggle("composer__count--over", problem !== null);
    const running = this.#state && runningGeneration(this.#state);
    this.#stop.hidden = !running;
    this.#stop.disabled = this.#isStopping(running);
    this.#send.hidden = Boolean(running);
    this.#send.disabled = !this.#maySend();
    this.#grow();
  }

  /** Each conversation has its own text; that of a new one goes with it when it gets its id. */
  #follow(state) {
    const key = shownId(state) ?? NEW;
    const elsewhere = state.place !== this.#place;
    if (elsewhere && key !== this.#key) {
      this.#texts.set(this.#key, this.#text.value);
      this.#write(this.#texts.get(key) ?? "");
      this.#texts.delete(key);
      if (!isTouch()) this.#text.focus();
    }
    this.#place = state.place;
    this.#key = key;
  }

  /** A refused message comes back to where it was written, if nothing else is written there: else it can be put back. */
  #takeBack(state) {
    for (const item of returnedHere(state, "send")) {
      if (this.#offered.has(item)) continue;
      this.#offered.add(item);
      if (this.#text.value !== "") continue;
      this.#write(item.content);
      ask(this, "taken", { item });
    }
  }

  /** The page says that it is stopped once it is: until then the button waits. */
  #isStopping(generationId) {
    return this.#state !== null && generationId in this.#state.stopping;
  }

  #maySend() {
    if (this.#state === null || !mayWrite(this.#state) || this.#picker.choice === null) return false;
    return this.#text.value.trim() !== "" && lengthProblem(this.#text.value) === null;
  }

  #submit() {
    if (!this.#maySend()) return;
    const content = this.#text.value;
    this.#write("");
    ask(this, "send", { content, choice: this.#picker.choice });
  }

  #write(text) {
    this.#text.value = text;
    this.refresh();
  }

  /** Browsers without `field-sizing` are told the height. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#text.style.blockSize = "auto";
    this.#text.style.blockSize = `${this.#text.scrollHeight}px`;
  }

  #enter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || isComposing(event)) return;
    event.preventDefault();
    this.#submit();
  }
}

customElements.define("scripta-composer", Composer);
