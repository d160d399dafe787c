/** Who answers: one model, or several side by side. What was chosen and is gone is replaced by no other one. */

import { ask, icon, make } from "../page/dom.js";
import { panels } from "../page/later.js";
import { modelChip } from "../page/model-chip.js";
import { isSame, noteOf } from "../page/model-words.js";
import { strings } from "../page/strings.js";
import { chosenIn } from "../state/models.js";

/** As many columns as a message may ask. */
const COLUMNS = 4;

class ModelPicker extends HTMLElement {
  #models = null;
  #place;
  /** `{connection_id, model_id}` of each column; empty where nothing is wanted yet. */
  #wanted = [];

  /** The chosen models; undefined while they are not known (the server then chooses), null if one cannot answer. */
  get choices() {
    if (this.#models === null) return undefined;
    const found = this.#wanted.map((wanted) => this.#find(wanted));
    return found.length > 0 && found.every(Boolean) ? found : null;
  }

  /** Why there is no choice though there are models, or null. */
  get problem() {
    if (this.choices !== null || !this.#models.some(({ available }) => available)) return null;
    const lost = this.#wanted.find((wanted) => !this.#find(wanted));
    return lost ? strings.models.gone(lost.model_id) : null;
  }

  show(state) {
    if (state.models === null) return this.#tell(state.unlisted ? strings.models.unlisted : "");
    if (state.opening) return;
    const isListed = state.models === this.#models;
    this.#models = state.models;
    if (this.#follow(state) || !isListed) this.#changed();
  }

  /** What is to be said while there is no list. */
  #tell(words) {
    if (this.textContent !== words) this.replaceChildren(said(words));
  }

  /** Another place has other models; what a person chose lasts until then, also when the new conversation gets its id. */
  #follow(state) {
    if (state.place === this.#place) return false;
    this.#place = state.place;
    this.#wanted = chosenIn(state);
    return true;
  }

  #find(wanted) {
    return this.#models.find((model) => model.available && isSame(model, wanted));
  }

  /**
   * A model that is wanted and gone is never replaced by another one: what was written for a model on this machine would
   * go to a service elsewhere. Only where nothing is wanted yet the default is picked.
   */
  #changed() {
    const usable = this.#models.filter(({ available }) => available);
    const first = usable.find((model) => model.is_default) ?? usable[0];
    if (this.#wanted.length === 0 && first) this.#wanted = [first];
    this.#draw(usable);
    ask(this, "model");
  }

  #draw(usable) {
    if (usable.length === 0) return this.replaceChildren(this.#none());
    const isSeveral = this.#wanted.length > 1;
    const chips = this.#wanted.map((wanted, index) =>
      modelChip(this.#find(wanted), isSeveral ? index + 1 : null, {
        open: (button) => this.#open(button, index),
        remove: isSeveral ? () => this.#remove(index) : null,
      }),
    );
    const mayAdd = this.#wanted.length < COLUMNS && this.#left().length > 0;
    return this.replaceChildren(...chips, ...(mayAdd ? [this.#adder()] : []));
  }

  /** Those that are not asked yet. */
  #left() {
    return this.#models.filter((model) => !this.#wanted.some((wanted) => isSame(model, wanted)));
  }

  #adder() {
    const label = strings.models.add;
    const attributes = { class: "icon-button icon-button--small model-picker__add", title: label, "aria-label": label };
    const open = ({ currentTarget }) => this.#open(currentTarget, this.#wanted.length);
    return make("button", { type: "button", ...attributes, "aria-haspopup": "listbox", "aria-expanded": "false", on: { click: open } }, icon("plus"));
  }

  #open(button, index) {
    const others = this.#wanted.toSpliced(index, 1);
    const models = this.#models.filter((model) => !others.some((wanted) => isSame(model, wanted)));
    const isChosen = (model) => index < this.#wanted.length && isSame(model, this.#wanted[index]);
    const choose = (model) => this.#choose(index, model);
    panels.use(({ openModelList }) => openModelList(button, { models, isChosen, choose }));
  }

  #choose(index, model) {
    this.#wanted = this.#wanted.toSpliced(index, 1, model);
    this.#changed();
    this.querySelectorAll(".model-chip__choice")[index].focus();
    if (index === 0) ask(this, "choose-model", { model });
  }

  #remove(index) {
    this.#wanted = this.#wanted.toSpliced(index, 1);
    this.#changed();
    this.querySelectorAll(".model-chip__choice")[Math.max(0, index - 1)].focus();
    if (index === 0) ask(this, "choose-model", { model: this.#wanted[0] });
  }

  #none() {
    const reason = this.#models.map(noteOf).find(Boolean);
    const words = reason ? `${strings.models.none}: ${reason}` : strings.models.none;
    return said(words);
  }
}

const said = (textContent) => make("span", { class: "model-picker__none", role: "status", textContent });

customElements.define("scripta-model-picker", ModelPicker);
