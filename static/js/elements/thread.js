/** The messages of the open conversation. */

import { ask, make } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { returnedHere, visibleMessages } from "../state/view.js";
import "./message.js";

class Thread extends HTMLElement {
  #elements = new Map();
  #older = make(
    "p",
    { class: "thread__older", hidden: true },
    make("button", { type: "button", class: "button button--quiet", textContent: strings.olderMessages, on: { click: () => ask(this, "older") } }),
  );
  #loading = make("p", { class: "thread__loading", hidden: true, textContent: strings.loading });
  #status = make("p", { class: "visually-hidden", role: "status" });
  #running = false;

  /** Takes the place of what the server wrote. */
  begin() {
    document.querySelector(".thread__older")?.remove();
    this.replaceChildren();
    this.before(this.#older, this.#loading);
    this.after(this.#status);
  }

  show(state) {
    this.#older.hidden = !state.hasOlder;
    this.#loading.hidden = state.opening === null;
    this.#place(visibleMessages(state));
    for (const item of returnedHere(state, "edit")) this.#reopen(state, item);
    this.#announce(Object.keys(state.running).length > 0);
  }

  /** The message that has to stay where it is when earlier ones come above it, or null. */
  anchorFor({ messages }) {
    const first = this.firstElementChild;
    const index = messages.findIndex((message) => this.#elements.get(keyOf(message)) === first);
    return index > 0 ? first : null;
  }

  /** One element for each message, kept while the message is visible. */
  #place(messages) {
    const gone = new Set(this.#elements.keys());
    let previous = null;
    for (const [index, message] of messages.entries()) {
      const key = keyOf(message);
      gone.delete(key);
      const element = this.#elements.get(key) ?? this.#added(key);
      const expected = previous ? previous.nextElementSibling : this.firstElementChild;
      if (element !== expected) this.insertBefore(element, expected);
      element.show(message, index === messages.length - 1);
      previous = element;
    }
    for (const key of gone) {
      this.#elements.get(key).remove();
      this.#elements.delete(key);
    }
  }

  #added(key) {
    const element = document.createElement("scripta-message");
    this.#elements.set(key, element);
    return element;
  }

  /** The wording of an edit that was refused goes back into an editor, where its message is visible. */
  #reopen({ messages }, item) {
    const message = messages.find(({ id }) => id === item.messageId);
    const element = message && this.#elements.get(keyOf(message));
    if (!element) return;
    element.edit(item.content);
    ask(this, "taken", { item });
  }

  #announce(running) {
    if (running === this.#running) return;
    this.#running = running;
    this.#status.textContent = running ? strings.answerRunning : strings.answerEnded;
  }
}

const keyOf = ({ key, id }) => key ?? id;

customElements.define("scripta-thread", Thread);
