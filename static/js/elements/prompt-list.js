/** The prompt library in the composer: a slash at the start of a line opens it, what follows filters it. */

import { Blanks } from "../page/blanks.js";
import { ask, make } from "../page/dom.js";
import { isComposing } from "../page/keys.js";
import { folded } from "../page/model-search.js";
import { panelStrings } from "../page/panel-strings.js";
import { failure } from "../page/problem.js";
import { strings } from "../page/strings.js";

const SLASH = /(?:^|\n)\/([^\n]{0,40})$/;
const EXCERPT = 160;

class PromptList extends HTMLElement {
  #field;
  #load;
  #blanks;
  /** Null until the library has come. */
  #prompts = null;
  /** Why it has not come; "" while nobody knows. */
  #problem = "";
  #isAsking = false;
  #options = [];
  #active = -1;
  #dismissed = null;
  #list = make("div", { class: "prompt-list__options", role: "listbox", id: "prompt-list", "aria-label": panelStrings.prompts.list, hidden: true });
  #hint = make("p", { class: "prompt-list__hint", role: "status" });

  /** `load()` promises the prompts. It hears the field's keys before those who listen to what bubbles. */
  begin(field, load) {
    this.#field = field;
    this.#load = load;
    this.replaceChildren(this.#list, this.#hint);
    field.setAttribute("aria-controls", this.#list.id);
    field.setAttribute("aria-autocomplete", "list");
    for (const type of ["input", "click"]) field.addEventListener(type, () => this.#look());
    field.addEventListener("blur", () => this.#close());
    field.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    this.#blanks = new Blanks(field, (count) => (this.#hint.textContent = count > 0 ? panelStrings.prompts.nextBlank(count) : ""));
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#look();
  }

  /** What stands between the slash and the caret; null where there is no such slash. */
  get #query() {
    const { value, selectionStart, selectionEnd } = this.#field;
    return selectionStart === selectionEnd ? (SLASH.exec(value.slice(0, selectionEnd))?.[1] ?? null) : null;
  }

  #look() {
    const query = this.#query;
    if (query === null || query === this.#dismissed) return this.#close(query);
    if (this.#list.hidden && (query === "" || (this.#prompts === null && !this.#problem))) this.#refresh();
    this.#dismissed = null;
    return this.#draw(query);
  }

  async #refresh() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.#prompts = await this.#load();
      this.#problem = "";
    } catch (error) {
      if (this.#prompts === null) this.#problem = failure(error, panelStrings.prompts.notLoaded);
    }
    this.#isAsking = false;
    if (document.activeElement === this.#field) this.#look();
  }

  #draw(query) {
    const wanted = folded(query);
    const found = (this.#prompts ?? []).filter(({ name }) => folded(name).includes(wanted));
    if (found.length === 0 && query !== "" && !this.#problem) return this.#close(null);
    const again = { label: `${this.#problem} ${strings.tryAgain}`, choose: () => this.#refresh() };
    const manage = { label: panelStrings.prompts.manage, choose: () => this.#manage() };
    const prompts = found.map((prompt) => ({ label: prompt.name, text: prompt.content, choose: () => this.#insert(prompt) }));
    this.#options = [...prompts, ...(this.#problem ? [again] : []), manage];
    const none = this.#prompts?.length === 0 && make("p", { class: "prompt-list__none", textContent: panelStrings.prompts.none });
    this.#list.replaceChildren(...(none ? [none] : []), ...this.#options.map((option, index) => this.#row(option, index)));
    this.#list.hidden = false;
    return this.#activate(0);
  }

  #row({ label, text, choose }, index) {
    const name = make("span", { class: "prompt-option__name", textContent: label, dir: "auto" });
    const excerpt = text && make("span", { class: "prompt-option__text", textContent: text.slice(0, EXCERPT), dir: "auto" });
    const attributes = { class: text ? "prompt-option" : "prompt-option prompt-option--manage", role: "option", id: `prompt-option-${index}` };
    return make("div", { ...attributes, "aria-selected": "false", on: { click: choose } }, name, excerpt);
  }

  #activate(index) {
    this.#active = (index + this.#options.length) % this.#options.length;
    for (const [at, row] of [...this.#list.querySelectorAll("[role=option]")].entries()) {
      row.setAttribute("aria-selected", String(at === this.#active));
      if (at === this.#active) row.scrollIntoView({ block: "nearest" });
    }
    this.#field.setAttribute("aria-activedescendant", `prompt-option-${this.#active}`);
  }

  #key(event) {
    if (this.#list.hidden || isComposing(event)) return;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!isPlain || !(step || ["Enter", "Tab", "Escape"].includes(event.key))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (step) this.#activate(this.#active + step);
    else if (event.key === "Escape") this.#close(this.#query);
    else this.#options[this.#active].choose();
  }

  /** `dismissed` is the query that the list stays closed for. */
  #close(dismissed = null) {
    this.#dismissed = dismissed;
    this.#list.hidden = true;
    this.#field.removeAttribute("aria-activedescendant");
  }

  #insert({ content }) {
    const from = this.#replaceSlash(content);
    this.#blanks.begin(from);
  }

  #manage() {
    this.#replaceSlash("");
    ask(this, "prompts");
  }

  /** Puts a text in the place of the slash, as if it had been typed: it can be undone. Returns where it begins. */
  #replaceSlash(text) {
    const end = this.#field.selectionEnd;
    const start = end - this.#query.length - 1;
    this.#close();
    this.#field.focus();
    this.#field.setSelectionRange(start, end);
    const isDone = document.execCommand(text ? "insertText" : "delete", false, text);
    if (!isDone) {
      this.#field.setRangeText(text, start, end, "end");
      this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return start;
  }
}

customElements.define("scripta-prompt-list", PromptList);

/** Begins the `list` of the page for those who have it as a later part only. */
export const beginPromptList = (list, field, load) => list.begin(field, load);
