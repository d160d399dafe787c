/** A turn of the conversation: one message, or the answers of several models side by side. */

import { make } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { chosenOf } from "../state/branch.js";
import "./message.js";

export const keyOf = ({ key, id }) => key ?? id;

export class Turn {
  element = make("div", { class: "turn" });
  #messages = new Map();
  #columns = 1;
  #single = null;
  #wasLast = false;

  /** Shows messages; `following` is the turn after this one, `stopping` has the generations that are being stopped. */
  show(turn, following, { headId, stopping, temporary }) {
    const isLast = !following;
    const single = turn.length === 1 ? turn[0] : null;
    if (single && single === this.#single && isLast === this.#wasLast) return;
    this.#single = single;
    this.#wasLast = isLast;
    this.#arrange(turn.length);
    const chosen = turn.length > 1 ? chosenOf(turn, following, headId) : null;
    const gone = new Set(this.#messages.keys());
    for (const [index, message] of turn.entries()) {
      gone.delete(keyOf(message));
      const element = this.#messages.get(keyOf(message)) ?? this.#added(keyOf(message));
      if (this.element.children[index] !== element) this.element.insertBefore(element, this.element.children[index] ?? null);
      const column = chosen && { chosen: message === chosen, stopping: message.generation?.id in stopping };
      element.show(message, { isLast, temporary, column });
    }
    for (const key of gone) this.#removed(key);
  }

  /** The element of a message, or undefined. */
  find(key) {
    return this.#messages.get(key);
  }

  /** The turn goes from the page. */
  leave() {
    for (const element of this.#messages.values()) element.leave();
    this.element.remove();
  }

  #arrange(columns) {
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.element.className = columns > 1 ? `turn turn--columns turn--columns-${columns}` : "turn";
    if (columns > 1) {
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", strings.columns(columns));
      this.element.tabIndex = 0;
      return;
    }
    for (const name of ["role", "aria-label", "tabindex"]) this.element.removeAttribute(name);
  }

  #added(key) {
    const element = document.createElement("scripta-message");
    this.#messages.set(key, element);
    return element;
  }

  #removed(key) {
    const element = this.#messages.get(key);
    element.leave();
    element.remove();
    this.#messages.delete(key);
  }
}
