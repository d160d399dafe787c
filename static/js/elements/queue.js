/** What waits for the answer to be complete, above the composer in the order in which it goes out. */

import { ask, icon, iconButton, make } from "../page/dom.js";
import { sendKeyOf } from "../page/keys.js";
import { panelStrings } from "../page/panel-strings.js";
import { problem } from "../page/problem.js";
import { strings } from "../page/strings.js";
import { queuing, whyQueueWaits } from "../state/queue.js";
import { returnedHere } from "../state/view.js";
import { queueEditorFor } from "./queue-editor.js";

const words = panelStrings.queue;

export class Queue extends HTMLElement {
  #state = null;
  #shown = "";
  /** {queued, field} of the message that is being changed: its editor is not drawn anew while somebody writes in it. */
  #edited = null;

  connectedCallback() {
    this.addEventListener("keydown", pressOnce);
  }

  /** What is lost with the open editor: {kind, queuedId, conversationId, content, message}, or null. */
  get unsaved() {
    if (!this.#edited) return null;
    const { queued, field } = this.#edited;
    if (field.value === queued.content) return null;
    return { kind: "change", queuedId: queued.id, conversationId: queued.conversation_id, content: field.value, message: strings.queue.gone };
  }

  show(state) {
    this.#draw(state);
    for (const item of returnedHere(state, "change")) this.#reopen(item);
  }

  #draw(state) {
    this.#state = state;
    const [queued, coming, why] = [state.queued, queuing(state), whyQueueWaits(state)];
    this.#followEdited(queued);
    const shown = JSON.stringify([queued, coming.map(({ clientId }) => clientId), why]);
    if (shown === this.#shown || this.#edited) return;
    this.#shown = shown;
    const items = [...queued.map((item) => this.#item(item)), ...coming.map(onItsWay)];
    const heading = why || !queued.some(({ refusal }) => refusal) ? [headingOf(why)] : [];
    this.#keepingFocus(() => this.replaceChildren(...(items.length > 0 ? [...heading, listOf(items)] : [])));
  }

  /** What had the focus has it again: the same button (of an editor, the one that opened it), else that of the next message. */
  #keepingFocus(change) {
    const held = this.contains(document.activeElement) ? document.activeElement : null;
    const row = held?.closest("li");
    const rowsHere = () => [...this.querySelectorAll("[data-id]")];
    const place = rowsHere().indexOf(row);
    change();
    if (!held || this.contains(document.activeElement)) return;
    const rows = rowsHere();
    const now = rows.find(({ dataset }) => dataset.id === row?.dataset.id) ?? rows[Math.min(place, rows.length - 1)];
    if (now) now.querySelector(`[data-way="${held.dataset.way ?? "edit"}"]`).focus({ preventScroll: true });
  }

  /** A message that goes while it is being changed, out or from the page, leaves the words that were not saved. */
  #followEdited(items) {
    if (!this.#edited) return;
    const { queued, field } = this.#edited;
    const now = items.find(({ id }) => id === queued.id);
    if (now) {
      this.#edited.queued = now;
      return;
    }
    this.#edited = null;
    if (field.value !== queued.content) ask(this, "queue-gone", { queued, content: field.value });
  }

  #item(queued) {
    const now = make("button", { type: "button", class: "button button--quiet button--small", on: { click: () => ask(this, "queue-send", { queued }) } }, words.sendNow);
    const edit = iconButton("pencil", words.edit, () => this.#edit(queued));
    const remove = iconButton("trash", words.remove, () => ask(this, "queue-remove", { queued }));
    for (const [way, button] of Object.entries({ now, edit, remove })) button.dataset.way = way;
    const text = make("p", { class: "queue__text", dir: "auto", textContent: queued.content });
    const refused = queued.refusal && waits(words.refused(problem(queued.refusal)));
    return make("li", { class: "queue__item", "data-id": queued.id }, icon("clock"), text, make("span", { class: "queue__ways" }, now, edit, remove), refused);
  }

  /** Words of before the page was loaded anew go back into an editor, where their message still waits. */
  #reopen(item) {
    const queued = this.#state.queued.find(({ id }) => id === item.queuedId);
    if (!queued || this.#edited) return;
    if (queued.content === item.content) return ask(this, "discard", { item });
    this.#edit(queued, item.content);
    ask(this, "taken", { item });
  }

  #edit(queued, content = queued.content) {
    if (this.#edited) return this.#edited.field.focus();
    const leave = () => this.#endEdit();
    const change = (changed) => ask(this, "queue-change", { queued, content: changed, done: (isKept) => isKept && leave() });
    const { editor, field } = queueEditorFor(queued.content, content, { sendKey: sendKeyOf(this.#state.preferences), change, leave });
    this.#edited = { queued, field };
    this.querySelector(`[data-id="${queued.id}"]`).replaceChildren(editor);
    return field.focus();
  }

  #endEdit() {
    this.#edited = null;
    this.#shown = "";
    this.show(this.#state);
  }
}

/** A key that is held presses one button, not those that come in its place. */
function pressOnce(event) {
  if (event.repeat && event.target.matches("button")) event.preventDefault();
}

const waits = (textContent) => make("p", { class: "queue__state queue__state--waits", textContent });

const headingOf = (why) => (why ? waits(words.waits[why]) : make("p", { class: "queue__state", textContent: words.next }));

const listOf = (items) => make("ol", { class: "queue__items", "aria-label": words.label }, ...items);

function onItsWay({ content }) {
  const text = make("p", { class: "queue__text", dir: "auto", textContent: content });
  return make("li", { class: "queue__item queue__item--coming" }, icon("clock"), text, make("span", { class: "queue__ways" }, words.sending));
}

customElements.define("scripta-queue", Queue);
