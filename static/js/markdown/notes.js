/** The footnotes of one answer: their numbers, their place at its end, and the way there and back. */

import { make } from "../page/dom.js";
import { strings } from "../page/strings.js";

let count = 0;

export class Notes {
  #container;
  #prefix = `note-${(count += 1)}`;
  #numbers = new Map();
  #list = make("ol", { class: "footnotes__list" });
  #section = make("section", { class: "footnotes", "aria-label": strings.footnotes }, this.#list);

  constructor(container) {
    this.#container = container;
    container.addEventListener("click", (event) => this.#follow(event));
  }

  clear() {
    this.#numbers.clear();
    this.#list.replaceChildren();
  }

  /** Numbers follow the order in which names are first mentioned. */
  numberOf(name) {
    if (!this.#numbers.has(name)) this.#numbers.set(name, this.#numbers.size + 1);
    return this.#numbers.get(name);
  }

  /** The element that what follows has to stand before, null where there are no notes. */
  get end() {
    return this.#section.parentNode === this.#container ? this.#section : null;
  }

  /** Puts a definition where it belongs: a second one of a name after the first, which is the one that is referred to. */
  place(item) {
    if (!this.end) this.#container.append(this.#section);
    const number = Number(item.dataset.number);
    item.value = number;
    item.id = `${this.#prefix}-${number}`;
    const back = make("a", { class: "footnotes__back", href: `#${item.id}-from`, "aria-label": strings.footnoteBack, textContent: "↩" });
    back.setAttribute("role", "doc-backlink");
    (item.querySelector(":scope > p:last-child") ?? item).append(" ", back);
    if (item.parentNode === this.#list) return; // mended where it stands
    let last = this.#list.lastChild;
    while (last?.value > number) last = last.previousSibling;
    if (last?.value === number) item.removeAttribute("id");
    this.#list.insertBefore(item, last ? last.nextSibling : this.#list.firstChild);
  }

  /** Makes links of the references in what was drawn. */
  link(fragment) {
    for (const link of fragment.querySelectorAll(".footnote-reference > a")) {
      link.setAttribute("role", "doc-noteref");
      this.#aim(link, link.dataset.number);
    }
  }

  /** All is there: what has no definition is text again, and numbers have no gaps. */
  settle() {
    if (this.#numbers.size === 0) return;
    const items = [...this.#list.children];
    const defined = new Set(items.map(({ dataset }) => dataset.note));
    const order = new Map();
    for (const link of this.#container.querySelectorAll(".footnote-reference > a")) {
      const { note } = link.dataset;
      if (!defined.has(note)) link.parentNode.replaceWith(`[^${note}]`);
      else this.#number(link, note, order);
    }
    for (const item of items) {
      const { note } = item.dataset;
      if (!order.has(note)) order.set(note, order.size + 1);
      item.value = order.get(note);
      const id = `${this.#prefix}-${item.value}`;
      if (defined.delete(note)) item.id = id;
      else item.removeAttribute("id");
      item.querySelector(".footnotes__back").href = `#${id}-from`;
    }
    const sorted = [...items].sort((one, other) => one.value - other.value);
    if (sorted.some((item, index) => item !== items[index])) this.#list.append(...sorted);
    if (items.length === 0) this.#section.remove();
    this.#numbers = order;
  }

  #number(link, name, order) {
    const isFirst = !order.has(name);
    if (isFirst) order.set(name, order.size + 1);
    const number = order.get(name);
    link.textContent = number;
    this.#aim(link, number);
    if (isFirst) link.id = `${this.#prefix}-${number}-from`;
  }

  #aim(link, number) {
    link.href = `#${this.#prefix}-${number}`;
    link.setAttribute("aria-label", strings.footnote(number));
  }

  /** The address stays what it is: a conversation's. */
  #follow(event) {
    const link = event.target.closest?.(".footnote-reference > a, .footnotes__back");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const target = document.getElementById(link.hash.slice(1)) ?? this.#firstReference(link);
    if (!target) return;
    target.tabIndex = target.tabIndex < 0 ? -1 : target.tabIndex;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  }

  #firstReference(link) {
    const name = link.closest(".footnote")?.dataset.note;
    return [...this.#container.querySelectorAll(".footnote-reference > a")].find(({ dataset }) => dataset.note === name);
  }
}
