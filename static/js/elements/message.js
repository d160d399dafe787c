/** One message: its text, what is going on with it, and what can be done. */

import { make } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { editorFor } from "./editor.js";
import { AnswerText } from "./answer-text.js";
import { messageBar } from "./message-bar.js";
import { endingOf, remarkOf } from "./ending.js";

class Message extends HTMLElement {
  #message = null;
  #isLast = null;
  #author = make("h3", { class: "message__author visually-hidden" });
  #body = make("div", { class: "message__body" });
  #answer = null;
  #foot = make("div", { class: "message__foot" });
  #editor = null;

  /** Shows the message; does nothing when it is the one that is shown. `isLast`: nothing follows it. */
  show(message, isLast) {
    const before = this.#message;
    if (message === before && isLast === this.#isLast) return;
    const moved = isLast !== this.#isLast;
    this.#message = message;
    this.#isLast = isLast;
    if (!before) this.#begin(message);
    this.className = `message message--${message.role}${this.#modifiers(message)}`;
    this.#showText(message);
    if (!before || moved || footChanged(before, message)) this.#showFoot(message);
  }

  #begin(message) {
    this.setAttribute("role", "article");
    this.append(this.#author, this.#body, this.#foot);
    if (message.role === "assistant") this.#answer = new AnswerText(this.#body);
  }

  #modifiers(message) {
    const running = message.generation?.status === "running" ? " message--running" : "";
    return running + (message.pending ? " message--pending" : "");
  }

  #showText(message) {
    this.#author.textContent = authorOf(message);
    if (this.#answer) this.#answer.show(message);
    else if (this.#body.textContent !== message.content) this.#body.textContent = message.content;
  }

  #showFoot(message) {
    const running = message.pending || message.generation?.status === "running";
    const isEmpty = !running && message.content === "" && message.reasoning === "";
    this.#body.hidden = isEmpty || this.#editor !== null;
    this.#foot.replaceChildren();
    if (running) return;
    const edit = message.role === "user" ? () => this.edit() : null;
    const ending = endingOf(message, this.#isLast);
    const bar = messageBar(message, { edit, retry: message.role === "assistant" && !ending });
    this.#foot.append(...[ending, remarkOf(message), bar].filter(Boolean));
  }

  /** Opens the editor, with other words than the message has where some were written before. */
  edit(content = this.#message.content) {
    const done = () => {
      this.#editor.remove();
      this.#editor = null;
      this.#body.hidden = this.#foot.hidden = false;
      this.#foot.querySelector("button")?.focus();
    };
    this.#body.hidden = this.#foot.hidden = true;
    this.#editor?.remove();
    this.#editor = editorFor(this.#message, content, done);
    this.append(this.#editor);
  }
}

const authorOf = ({ role, model_id, generation }) =>
  ({ user: strings.you, system: strings.systemPrompt })[role] ?? (generation?.model_id || model_id || strings.model);

/** The text of a running answer changes at every paint; what stands below it does not. */
const footChanged = (one, other) =>
  one.generation !== other.generation ||
  one.pending !== other.pending ||
  one.id !== other.id ||
  one.siblings.join() !== other.siblings.join();

customElements.define("scripta-message", Message);
