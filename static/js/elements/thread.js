/** The messages of the open conversation, turn by turn. */

import { ask, make } from "../page/dom.js";
import { panels } from "../page/later.js";
import { isSame } from "../page/model-words.js";
import { strings } from "../page/strings.js";
import { turnsOf } from "../state/branch.js";
import { sameModel } from "../state/models.js";
import { headId, returnedHere, visibleMessages } from "../state/view.js";
import { Announcer } from "./announcer.js";
import { drawWaiting } from "./backlog.js";
import { Earlier } from "./earlier.js";
import { unopened } from "./unopened.js";
import { keyOf, Turn } from "./turn.js";

class Thread extends HTMLElement {
  #turns = new Map();
  #earlier = new Earlier(() => ask(this, "older"));
  #loading = make("p", { class: "thread__loading", hidden: true, textContent: strings.loading });
  #failure = make("div", { class: "thread__failure", role: "alert", hidden: true });
  #announcer = new Announcer();
  #state = null;

  /** Takes the place of what the server wrote. */
  begin() {
    document.querySelector(".thread__older")?.remove();
    this.replaceChildren();
    this.before(this.#earlier.element, this.#loading, this.#failure);
    this.after(this.#announcer.element);
    this.addEventListener("scripta:retry-with", ({ detail }) => this.#retryWith(detail));
  }

  show(state) {
    const before = this.#state;
    this.#state = state;
    const messages = visibleMessages(state);
    this.#earlier.show(state);
    this.#loading.hidden = state.opening === null || state.failure !== null;
    if (before?.failure !== state.failure) this.#fail(state.failure);
    this.#keepingFocus(() => this.#place(turnsOf(messages), state));
    drawWaiting();
    for (const kind of ["edit", "save"]) for (const item of returnedHere(state, kind)) this.#reopen(item);
    this.#announcer.show(state);
  }

  /** The element that has to stay where it is when earlier ones come above it, or null. */
  anchorFor({ messages }) {
    const first = this.firstElementChild;
    const index = messages.findIndex((message) => this.#turns.get(keyOf(message))?.element === first);
    return index > 0 ? first : null;
  }

  /** The first turn that begins in view, else the last one that begins above: it stays where it is while others are drawn. */
  get anchorInView() {
    const { top } = this.closest(".stage__scroll").getBoundingClientRect();
    return [...this.children].find((turn) => turn.getBoundingClientRect().top > top - 1) ?? this.lastElementChild;
  }

  /** Opens the editor of a message that is shown, with these words. */
  edit(messageId, content) {
    this.#find(messageId)?.edit(content);
  }

  /** Opens the editor of one's own last message; nothing happens where there is none. */
  editLast() {
    const own = this.#state.messages.findLast(({ role }) => role === "user");
    if (own && !this.#state.temporary) this.edit(own.id, own.content);
  }

  /** One element for each turn, kept while it is visible. */
  #place(turns, state) {
    const gone = new Set(this.#turns.keys());
    const common = { headId: headId(state), stopping: state.stopping, temporary: Boolean(state.temporary) };
    let next = this.firstElementChild;
    for (const [index, turn] of turns.entries()) {
      const key = keyOf(turn[0]);
      gone.delete(key);
      const known = this.#turns.get(key) ?? this.#added(key);
      if (known.element === next) next = next.nextElementSibling;
      else this.insertBefore(known.element, next);
      known.show(turn, turns[index + 1], common);
    }
    for (const key of gone) {
      this.#turns.get(key).leave();
      this.#turns.delete(key);
    }
  }

  #added(key) {
    const turn = new Turn();
    this.#turns.set(key, turn);
    return turn;
  }

  #find(messageId) {
    const message = this.#state.messages.find(({ id }) => id === messageId);
    if (!message) return undefined;
    return [...this.#turns.values()].map((turn) => turn.find(keyOf(message))).find(Boolean);
  }

  /** Whoever steps to another version with the keyboard stands on the same button of that version; a message may have seen to that itself. */
  #keepingFocus(change) {
    const held = this.contains(document.activeElement) ? document.activeElement : null;
    const place = held && [...this.children].indexOf(held.closest(".turn"));
    change();
    if (!held || held.isConnected || this.contains(document.activeElement)) return;
    const turn = this.children[Math.min(place, this.children.length - 1)];
    turn?.querySelector(".message").focusWay(held.dataset.way ?? "more");
  }

  /** The wording of an edit that was refused goes back into an editor, where its message is visible: once there is one. */
  #reopen(item) {
    if (!this.#find(item.messageId)) return;
    if (!panels.here) return panels.warm().then(() => panels.here && this.show(this.#state));
    this.edit(item.messageId, item.content);
    return ask(this, "taken", { item });
  }

  #retryWith({ message, button }) {
    const models = this.#state.models ?? [];
    const same = sameModel(this.#state, message);
    const choose = (choice) => ask(this, "retry", { message, choice });
    const isChosen = (model) => Boolean(same) && isSame(model, same);
    panels.use(({ openModelList }) => openModelList(button, { models, isChosen, choose }));
  }

  #fail(failure) {
    this.#failure.hidden = failure === null;
    this.#failure.replaceChildren(...(failure ? unopened(failure) : []));
  }
}

customElements.define("scripta-thread", Thread);
