/** Where a message is written, sent and stopped. Text that is not sent stays, for each conversation its own. */

import { composerNote, isStopping, sendLabel } from "../page/composer-words.js";
import { ask } from "../page/dom.js";
import { isComposing, isTouch, sendKeyOf, sends } from "../page/keys.js";
import { lengthProblem } from "../page/limits.js";
import { draftKey } from "../state/drafts.js";
import { maySend, returnedHere, runningGenerations } from "../state/view.js";

class Composer extends HTMLElement {
  #picker;
  #drafts;
  #text;
  #send;
  #stop;
  #note;
  #state = null;
  #place = 0;
  #key = null;
  #offered = new WeakSet();
  #grownFor = null;
  /** Whether this was to be sent before it may. */
  #isAsked = false;

  /** `picker.choices` are the picked models, null where one cannot answer; `picker.problem` says why. */
  begin(picker, drafts) {
    this.#picker = picker;
    this.#drafts = drafts;
    this.#text = this.querySelector(".composer__text");
    this.#send = this.querySelector(".composer__send");
    this.#stop = this.querySelector(".composer__stop");
    this.#note = this.querySelector(".composer__count");
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#stop.addEventListener("click", () => this.#stopAll());
    this.#text.addEventListener("input", () => this.#typed());
    this.#text.addEventListener("keydown", (event) => this.#hearKey(event));
    addEventListener("resize", () => {
      this.#grownFor = null;
      this.#grow();
    });
    this.goOn();
  }

  /** The caret goes where one writes; a finger has to ask for that itself. */
  goOn() {
    if (!isTouch()) this.#text.focus();
  }

  /** What was written before the page began stays, below what was kept unsaved. */
  show(state) {
    const early = this.#state === null ? this.#text.value : "";
    this.#state = state;
    this.#follow(state);
    this.#drafts.hear(state);
    if (early) this.#write([this.#drafts.text(this.#key), early].filter(Boolean).join("\n\n"));
    if (this.#drafts.text(this.#key) !== this.#text.value) this.#write(this.#drafts.text(this.#key));
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
    if (this.#state === null) return;
    const maySend = this.#maySend();
    this.#isAsked &&= !maySend;
    const { words, isProblem } = composerNote(this.#state, this.#text.value, this.#picker.problem, this.#isAsked);
    if (this.#note.textContent !== words) this.#note.textContent = words;
    this.#note.classList.toggle("composer__count--over", isProblem);
    this.#stop.hidden = runningGenerations(this.#state).length === 0;
    this.#stop.disabled = isStopping(this.#state);
    this.#send.disabled = !maySend;
    const label = sendLabel(this.#state, this.#text.value);
    if (this.#send.title !== label) this.#send.title = label;
    this.#text.enterKeyHint = sendKeyOf(this.#state.preferences) === "ctrl_enter" ? "enter" : "send";
    this.#grow();
  }

  /** Each conversation has its own text; that of a new one goes along when it gets its id. */
  #follow(state) {
    const key = draftKey(state);
    if (this.#key !== null && key !== this.#key && state.place === this.#place) this.#drafts.move(this.#key, key);
    const isElsewhere = state.place !== this.#place;
    this.#key = key;
    this.#place = state.place;
    if (!isElsewhere) return;
    this.#write(this.#drafts.text(key));
    this.goOn();
  }

  /** A refused message comes back to where it was written, if nothing else is written there: else it can be put back. */
  #takeBack(state) {
    for (const item of [...returnedHere(state, "send"), ...returnedHere(state, "queue")]) {
      if (this.#offered.has(item)) continue;
      this.#offered.add(item);
      if (this.#text.value !== "") continue;
      this.#write(item.content);
      ask(this, "taken", { item });
    }
  }

  #maySend() {
    if (this.#state === null || !maySend(this.#state) || this.#picker.choices === null) return false;
    return this.#text.value.trim() !== "" && lengthProblem(this.#text.value) === null;
  }

  #submit() {
    if (!this.#maySend()) {
      this.#isAsked = true;
      return this.refresh();
    }
    const content = this.#text.value;
    this.#write("");
    this.goOn();
    ask(this, "send", { content, choices: this.#picker.choices, draftKey: this.#key });
  }

  #stopAll() {
    for (const generationId of runningGenerations(this.#state)) ask(this, "stop", { generationId });
  }

  #typed() {
    this.#drafts.write(this.#key, this.#text.value);
    this.refresh();
  }

  #write(text) {
    this.#text.value = text;
    this.#typed();
  }

  /** Browsers without `field-sizing` are told the height of a text: measuring it lays the page out, and would scroll to its top. */
  #grow() {
    const { value, scrollTop } = this.#text;
    if (value === this.#grownFor || CSS.supports("field-sizing", "content")) return;
    this.#grownFor = value;
    this.#text.style.blockSize = "auto";
    this.#text.style.blockSize = `${this.#text.scrollHeight}px`;
    this.#text.scrollTop = scrollTop;
  }

  #hearKey(event) {
    if (event.defaultPrevented || isComposing(event)) return;
    if (sends(event, sendKeyOf(this.#state?.preferences))) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && this.#text.value === "") {
      ask(this, "edit-last");
    }
  }
}

customElements.define("scripta-composer", Composer);
