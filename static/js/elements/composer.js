/** Where a message is written, sent and stopped. Text that is not sent stays, for each conversation its own. */

import { ask, iconButton, make } from "../page/dom.js";
import { isComposing, isTouch } from "../page/keys.js";
import { lengthLeft, lengthProblem } from "../page/limits.js";
import { strings } from "../page/strings.js";
import { mayWrite, runningGeneration } from "../state/view.js";

const NEW = "new";

class Composer extends HTMLElement {
  #text;
  #send;
  #stop;
  #count;
  #notice;
  #state = null;
  #key = NEW;
  #texts = new Map();
  #stopping = null;

  /** `chosen()` gives the picked model, or null where none can answer. */
  begin({ chosen }) {
    this.chosen = chosen;
    this.#text = this.querySelector(".composer__text");
    this.#send = this.querySelector(".composer__send");
    this.#stop = this.querySelector(".composer__stop");
    this.#count = this.querySelector(".composer__count");
    this.#notice = this.querySelector(".composer__notice");
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#stop.addEventListener("click", () => this.#askToStop());
    this.#text.addEventListener("input", () => this.#refresh());
    this.#text.addEventListener("keydown", (event) => this.#enter(event));
    if (!isTouch()) this.#text.focus();
  }

  show(state) {
    const before = this.#state;
    this.#state = state;
    this.#follow(state);
    if (state.notice !== before?.notice) this.#showNotice(state.notice);
    this.#refresh();
  }

  focus() {
    this.#text.focus();
  }

  /** Each conversation has its own text; that of a new one goes with it when it gets its id. */
  #follow(state) {
    const key = state.opening ?? state.conversation?.id ?? NEW;
    if (key === this.#key) return;
    const begun = this.#key === NEW && !state.opening;
    if (!begun) {
      this.#texts.set(this.#key, this.#text.value);
      this.#write(this.#texts.get(key) ?? "");
      if (!isTouch()) this.#text.focus();
    }
    this.#key = key;
  }

  #showNotice(notice) {
    if (!notice) return this.#notice.replaceChildren();
    if (notice.returned && this.#text.value === "") this.#write(notice.returned);
    const words = make("span", { class: "composer__notice-words", textContent: notice.message });
    return this.#notice.replaceChildren(words, iconButton("close", strings.dismiss, () => ask(this, "dismiss")));
  }

  #refresh() {
    const problem = lengthProblem(this.#text.value);
    const left = lengthLeft(this.#text.value);
    this.#count.textContent = problem ?? (left === null ? "" : strings.left(left));
    this.#count.classList.toggle("composer__count--over", problem !== null);
    const running = this.#state && runningGeneration(this.#state);
    this.#stop.hidden = !running;
    this.#stop.disabled = running === this.#stopping || this.#state?.link.status !== "open";
    this.#send.hidden = Boolean(running);
    this.#send.disabled = !this.#maySend(problem);
    this.#grow();
  }

  #maySend(problem = lengthProblem(this.#text.value)) {
    return this.#state !== null && mayWrite(this.#state) && problem === null && this.#text.value.trim() !== "" && this.chosen() !== null;
  }

  /** The page says that it is stopped once it is: until then the button waits. */
  #askToStop() {
    this.#stopping = runningGeneration(this.#state);
    ask(this, "stop", { generationId: this.#stopping });
    this.#refresh();
  }

  #submit() {
    if (!this.#maySend()) return;
    const content = this.#text.value;
    this.#write("");
    ask(this, "send", { content, choice: this.chosen() });
  }

  #write(text) {
    this.#text.value = text;
    this.#refresh();
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
