/**
 * The models to pick from, in a popover at a button: a search field over a listbox, grouped by connection.
 *
 * Hundreds of models cost nothing before they are looked at: a screenful is drawn, more as the reader comes to its end.
 */

import { placeAt } from "./anchor.js";
import { icon, make } from "./dom.js";
import { isComposing, isTouch } from "./keys.js";
import { modelOption } from "./model-option.js";
import { matching } from "./model-search.js";
import { panelStrings } from "./panel-strings.js";
import { strings } from "./strings.js";

const SCREENFUL = 40;
/** Fewer models than this are seen at one glance: nobody searches them. */
const WORTH_SEARCHING = 8;

/** The press that closes the list, by being outside of it, must not open it again. */
const SAME_PRESS_MS = 150;

const closedAt = new WeakMap();

/** Opens the list at `button`; `choose(model)` is called with the picked one. `isChosen(model)` marks those that are. */
export function openModelList(button, { models, isChosen = () => false, choose }) {
  if (performance.now() - (closedAt.get(button) ?? -Infinity) < SAME_PRESS_MS) return;
  new ModelList(button, { models, isChosen, choose }).open();
}

class ModelList {
  #button;
  #models;
  #isChosen;
  #choose;
  #shown = [];
  #drawn = 0;
  #active = null;
  #list = make("div", { class: "model-list__options", role: "listbox", id: "model-list", "aria-label": panelStrings.models.list });
  #none = make("p", { class: "model-list__none", role: "status" });
  #search;
  #popover;

  constructor(button, { models, isChosen, choose }) {
    this.#button = button;
    this.#models = models;
    this.#isChosen = isChosen;
    this.#choose = choose;
    this.#search = searchField(() => this.#filter());
    const isSearched = models.length >= WORTH_SEARCHING;
    const field = make("div", { class: isSearched ? "model-list__search" : "visually-hidden" }, isSearched && icon("search"), this.#search);
    this.#popover = make("div", { class: "model-list", role: "dialog", "aria-label": strings.models.pick, popover: "auto", tabIndex: -1 }, field, this.#none, this.#list);
  }

  open() {
    const listening = new AbortController();
    document.body.append(this.#popover);
    this.#popover.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("scroll", () => this.#more());
    this.#list.addEventListener("click", ({ target }) => this.#pick(target.closest("[role=option]")));
    addEventListener("resize", () => placeAt(this.#popover, this.#button), { signal: listening.signal });
    this.#popover.addEventListener("beforetoggle", ({ newState }) => newState === "closed" && this.#closed(listening));
    this.#popover.showPopover();
    this.#button.setAttribute("aria-expanded", "true");
    this.#filter();
    placeAt(this.#popover, this.#button);
    (isTouch() ? this.#popover : this.#search).focus();
  }

  #closed(listening) {
    listening.abort();
    closedAt.set(this.#button, performance.now());
    this.#button.setAttribute("aria-expanded", "false");
    if (this.#popover.contains(document.activeElement)) this.#button.focus();
    queueMicrotask(() => this.#popover.remove());
  }

  /** Those that the search means; the chosen one is the active one, else the first that can be picked. */
  #filter() {
    this.#shown = this.#models.filter(matching(this.#search.value));
    this.#drawn = 0;
    this.#list.replaceChildren();
    this.#none.textContent = this.#shown.length === 0 ? panelStrings.models.noMatch : "";
    this.#list.hidden = this.#shown.length === 0;
    this.#search.setAttribute("aria-expanded", String(this.#shown.length > 0));
    const chosen = this.#search.value ? -1 : this.#shown.findIndex((model) => this.#isChosen(model));
    this.#draw(Math.max(SCREENFUL, chosen + 1));
    this.#activate(this.#options[chosen] ?? this.#options.find((option) => !option.ariaDisabled) ?? this.#options[0] ?? null);
  }

  get #options() {
    return [...this.#list.querySelectorAll("[role=option]")];
  }

  #draw(count) {
    for (const model of this.#shown.slice(this.#drawn, this.#drawn + count)) {
      const isNewGroup = this.#shown[this.#drawn - 1]?.connection_id !== model.connection_id;
      if (isNewGroup) this.#list.append(group(model.connection));
      this.#list.lastElementChild.append(modelOption(model, this.#drawn, { isChosen: this.#isChosen(model), isFirst: isNewGroup }));
      this.#drawn += 1;
    }
  }

  #more() {
    const left = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight;
    if (left < this.#list.clientHeight) this.#draw(SCREENFUL);
  }

  #key(event) {
    if (isComposing(event)) return;
    const [options, at] = [this.#options, this.#options.indexOf(this.#active)];
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: Math.min(at + 8, options.length - 1), PageUp: Math.max(at - 8, 0) }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (to >= options.length - 1) this.#draw(SCREENFUL);
      this.#activate(this.#options[(to + this.#options.length) % this.#options.length] ?? null);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#pick(this.#active);
    } else if (event.key === "Tab") {
      this.#popover.hidePopover();
    }
  }

  #activate(option) {
    this.#active?.classList.remove("model-option--active");
    this.#active = option;
    option?.classList.add("model-option--active");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#search.setAttribute("aria-activedescendant", option.id);
    else this.#search.removeAttribute("aria-activedescendant");
  }

  #pick(option) {
    if (!option || option.ariaDisabled) return;
    this.#popover.hidePopover();
    this.#popover.remove();
    this.#choose(this.#shown[Number(option.dataset.index)]);
  }
}

function searchField(onInput) {
  const aria = { role: "combobox", "aria-label": panelStrings.models.search, "aria-expanded": "true", "aria-controls": "model-list", "aria-autocomplete": "list" };
  const field = make("input", { class: "model-list__field", type: "text", placeholder: panelStrings.models.search, autocomplete: "off", spellcheck: false, ...aria });
  field.addEventListener("input", onInput);
  return field;
}

function group(connection) {
  const heading = make("div", { class: "model-list__connection", "aria-hidden": "true", textContent: connection });
  return make("div", { role: "group", "aria-label": connection }, heading);
}
