/** The list of conversations, grouped by day, as it changes. */

import { byDay } from "../page/days.js";
import { ask, iconButton, make } from "../page/dom.js";
import { panels } from "../page/later.js";
import { addressOf } from "../page/navigation.js";
import { strings } from "../page/strings.js";
import { shownId } from "../state/view.js";

class ConversationList extends HTMLElement {
  #shown = null;
  #titles = new Map();
  #failure = make("span", { class: "list__failure", role: "status" });
  #next = make("button", { type: "button", class: "button button--quiet", on: { click: () => ask(this, "more") } });
  #more = make("p", { class: "list__more" }, this.#failure, this.#next);
  #observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && ask(this, "more"));

  show(state) {
    const { list, busy, unread } = state;
    const current = shownId(state);
    const shown = [list, busy, unread, current];
    if (this.#shown?.every((part, index) => part === shown[index])) return;
    this.#shown = shown;
    const running = new Set(Object.values(busy));
    const signOf = (item) => (item.running || running.has(item.id) ? "running" : unread.includes(item.id) ? "unread" : null);
    const held = this.contains(document.activeElement) ? document.activeElement : null;
    const place = held && this.#stops.indexOf(held.closest("[data-id]")?.firstElementChild ?? held);
    const groups = byDay(list.items).flatMap(({ label, items }) => [
      make("h2", { class: "list__day", textContent: label }),
      make("ul", { class: "list__items" }, ...items.map((item) => this.#item(item, item.id === current, signOf(item)))),
    ]);
    this.#failure.textContent = list.failed ? strings.listFailed : "";
    this.#next.textContent = list.failed ? strings.tryAgain : strings.listMore;
    const empty = make("p", { class: "list__empty", textContent: strings.listEmpty });
    this.replaceChildren(...(groups.length ? groups : [empty]), ...(list.nextCursor ? [this.#more] : []));
    if (held) this.#focus(held.closest("[data-id]")?.dataset.id, place);
    this.#watch(list);
  }

  get #stops() {
    return [...this.querySelectorAll(".list__link, .list__more button")];
  }

  /** Goes to a conversation, or to what has come in its place. */
  #focus(id, place) {
    (this.querySelector(`[data-id="${id}"] a`) ?? this.#stops.slice(0, place + 1).at(-1))?.focus();
  }

  #item(conversation, current, name) {
    const title = conversation.title || strings.untitled;
    const link = make("a", { class: "list__link", href: addressOf(conversation.id), title, textContent: title, dir: "auto" });
    if (current) link.setAttribute("aria-current", "page");
    const options = iconButton("more", strings.options(title), () => this.#open(options, conversation), "list__more-button");
    options.setAttribute("aria-haspopup", "menu");
    options.setAttribute("aria-expanded", "false");
    const sign = name && make("span", { class: `list__sign list__sign--${name}`, role: "img", "aria-label": strings[name], title: strings[name] });
    const item = make("li", { class: `list__item${current ? " list__item--current" : ""}` }, link, sign, options);
    item.dataset.id = conversation.id;
    return item;
  }

  #open(button, conversation) {
    const pinned = Boolean(conversation.pinned_at);
    const ways = [
      { icon: pinned ? "unpin" : "pin", label: pinned ? strings.unpin : strings.pin, choose: () => ask(this, "pin", { conversation }) },
      { icon: "pencil", label: strings.rename, choose: () => this.#rename(conversation) },
      { icon: "trash", label: strings.remove, danger: true, choose: () => ask(this, "remove", { conversation }) },
    ];
    panels.use(({ openMenu }) => openMenu(button, ways));
  }

  #rename(conversation) {
    panels.use(async ({ askTitle }) => {
      const title = await askTitle(this.#typedTitle(conversation));
      this.#focus(conversation.id); // the button that had it hides without it
      if (!title || title === conversation.title) return;
      this.#titles.set(conversation.id, { from: conversation.title, title });
      ask(this, "rename", { conversation, title });
    });
  }

  /** A title that could not be kept is still there to be tried again, as long as the conversation has the one it was to replace. */
  #typedTitle({ id, title }) {
    const typed = this.#titles.get(id);
    return typed?.from === title ? typed.title : title;
  }

  /** More is loaded when its button comes into view, and after a failure only at its press: the button stays. */
  #watch({ nextCursor, loading, failed }) {
    this.#observer.disconnect();
    if (nextCursor && !loading && !failed) this.#observer.observe(this.#more);
  }
}

customElements.define("scripta-conversation-list", ConversationList);
