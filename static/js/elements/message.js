/** One message: its text, what is going on with it, and what can be done. */

import { ask, make } from "../page/dom.js";
import { panels } from "../page/later.js";
import { strings } from "../page/strings.js";
import { AnswerText } from "./answer-text.js";
import { columnHead } from "./column.js";
import { endingOf, remarkOf } from "./ending.js";
import { messageBar } from "./message-bar.js";
import { QuestionText } from "./question-text.js";

class Message extends HTMLElement {
  #message = null;
  #place = null;
  #author = make("h2", { class: "message__author" });
  #body = make("div", { class: "message__body" });
  #text = null;
  #foot = make("div", { class: "message__foot" });
  #editor = null;

  /**
   * Shows the message. `place`: {isLast, temporary, column}; `column` is null, or for one of several answers {chosen,
   * stopping}. Does nothing where all is as it was.
   */
  show(message, place) {
    const [before, placeBefore] = [this.#message, this.#place];
    const isMoved = !placeBefore || !samePlace(place, placeBefore);
    if (message === before && !isMoved) return;
    this.#message = message;
    this.#place = place;
    if (!before) this.#begin(message);
    this.className = `message message--${message.role}${this.#modifiers(message)}`;
    this.#text.show(message);
    if (!before || isMoved || headChanged(before, message)) this.#keepingFocus(this.#author, () => this.#showHead(message));
    if (!before || isMoved || footChanged(before, message)) this.#keepingFocus(this.#foot, () => this.#showFoot(message));
  }

  /** Opens the editor, with other words than the message has where some were written before. One that is open stays. */
  edit(content = this.#message.content) {
    panels.use(({ editorFor }) => this.isConnected && this.#edit(content, editorFor));
  }

  #edit(content, editorFor) {
    const typed = this.#typed();
    if (this.#editor && [this.#message.content, typed].includes(content)) return this.#editor.querySelector("textarea").focus();
    if (typed !== null) ask(this, "left", { message: this.#message, content: typed });
    return this.#openEditor(content, editorFor);
  }

  /** This message goes from the page: what was being written in its editor is told. */
  leave() {
    if (this.unsaved) ask(this, "editor-gone", this.unsaved);
  }

  /** What is lost with the open editor: {kind, messageId, conversationId, content, temporary}, or null. */
  get unsaved() {
    const content = this.#typed();
    const { id: messageId, conversation_id: conversationId } = this.#message;
    return content === null ? null : { kind: "edit", messageId, conversationId, content, temporary: this.#place.temporary };
  }

  /** What was changed in the open editor, or null. */
  #typed() {
    const words = this.#editor?.querySelector("textarea").value ?? this.#message.content;
    return words === this.#message.content ? null : words;
  }

  #openEditor(content, editorFor) {
    const done = (left) => {
      const hadFocus = this.#editor.contains(document.activeElement);
      this.#editor.remove();
      this.#editor = null;
      this.#body.hidden = this.#foot.hidden = false;
      if (hadFocus) this.focusWay("edit");
      if (left !== null) ask(this, "left", { message: this.#message, content: left });
    };
    this.#body.hidden = this.#foot.hidden = true;
    this.#editor?.remove();
    this.#editor = editorFor(this.#message, content, { temporary: this.#place.temporary, done });
    this.append(this.#editor);
  }

  /** Puts the focus on a button of this message, else on the message itself. */
  focusWay(way) {
    const button = this.querySelector(`[data-way="${way}"]`);
    (button?.checkVisibility() && !button.disabled ? button : (this.querySelector('[data-way="more"]') ?? this)).focus({ preventScroll: true });
  }

  #begin(message) {
    this.setAttribute("role", "article");
    this.tabIndex = -1;
    this.append(this.#author, this.#body, this.#foot);
    this.#text = message.role === "assistant" ? new AnswerText(this.#body) : new QuestionText(this.#body);
  }

  #modifiers(message) {
    const { column } = this.#place;
    const isRunning = message.generation?.status === "running" ? " message--running" : "";
    return isRunning + (message.pending ? " message--pending" : "") + (column?.chosen ? " message--chosen" : "");
  }

  #showHead(message) {
    const { column } = this.#place;
    this.#author.classList.toggle("visually-hidden", !column);
    this.#author.replaceChildren(...(column ? columnHead(authorOf(message), message, column) : [authorOf(message)]));
    this.setAttribute("aria-label", authorOf(message));
  }

  #showFoot(message) {
    const running = message.pending || message.generation?.status === "running";
    const isEmpty = !running && message.content === "" && message.reasoning === "";
    this.#body.hidden = isEmpty || this.#editor !== null;
    this.#foot.replaceChildren();
    if (running) return;
    const ending = endingOf(message, this.#place);
    const bar = messageBar(message, { ...this.#place, edit: () => this.edit(), retries: !ending });
    this.#foot.append(...[ending, remarkOf(message), bar].filter(Boolean));
  }

  /** What had the focus in a part that is drawn anew has it again. */
  #keepingFocus(part, change) {
    const held = part.contains(document.activeElement) ? document.activeElement.dataset.way : undefined;
    change();
    if (held !== undefined) this.focusWay(held);
  }
}

const authorOf = ({ role, model_id, generation }) =>
  ({ user: strings.you, system: strings.systemPrompt })[role] ?? (generation?.model_id || model_id || strings.model);

const samePlace = (one, other) =>
  one.isLast === other.isLast && one.column?.chosen === other.column?.chosen && one.column?.stopping === other.column?.stopping;

/** What is read anew is another object, and mostly says the same. */
const differs = (one, other) => one !== other && JSON.stringify(one) !== JSON.stringify(other);

const headChanged = (one, other) => differs(one.generation, other.generation) || one.model_id !== other.model_id || one.id !== other.id;

/** The text of a running answer changes at every paint; what stands below it does not. */
const footChanged = (one, other) =>
  differs(one.generation, other.generation) ||
  one.pending !== other.pending ||
  one.id !== other.id ||
  one.revised !== other.revised ||
  differs(one.feedback, other.feedback) ||
  (one.content !== other.content && other.generation?.status !== "running") ||
  one.siblings.join() !== other.siblings.join();

customElements.define("scripta-message", Message);
