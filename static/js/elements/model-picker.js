/** Chooses the model that answers: a native select, grouped by connection; what cannot be chosen says why. */

import { ask, icon, make } from "../page/dom.js";
import { strings } from "../page/strings.js";

class ModelPicker extends HTMLElement {
  #models = null;
  #select = make("select", { class: "model-picker__select", "aria-label": strings.model });
  #conversation;
  #wanted = null;

  constructor() {
    super();
    this.#select.addEventListener("change", () => {
      this.#wanted = this.choice;
      ask(this, "model");
    });
  }

  /** The chosen model; undefined while the models are not known (the server then chooses), null if there is none. */
  get choice() {
    if (this.#models === null) return undefined;
    const model = this.#models[this.#select.value];
    return model?.available ? model : null;
  }

  /** Why nothing is chosen though there are models, or null. */
  get problem() {
    const isLost = this.choice === null && this.#wanted !== null && this.#select.isConnected;
    return isLost ? strings.modelGone(this.#wanted.model_id) : null;
  }

  show(state) {
    if (state.models === null || state.opening) return;
    const listed = state.models === this.#models;
    if (!listed) this.#list(state.models);
    if (this.#follow(state.conversation) || !listed) this.#pick();
  }

  #list(models) {
    this.#models = models;
    if (!models.some((model) => model.available)) return this.#showNone();
    const groups = new Map();
    for (const [index, model] of models.entries()) {
      if (!groups.has(model.connection)) groups.set(model.connection, make("optgroup", { label: model.connection }));
      groups.get(model.connection).append(option(model, index));
    }
    const none = make("option", { value: "", disabled: true, hidden: true, textContent: strings.pickModel });
    this.#select.replaceChildren(none, ...groups.values());
    return this.replaceChildren(this.#select, icon("chevron-down"));
  }

  /** Another conversation has another model; what a person chose lasts until then. */
  #follow(conversation) {
    const id = conversation?.id ?? null;
    if (id === this.#conversation) return false;
    this.#conversation = id;
    this.#wanted = conversation && { connection_id: conversation.connection, model_id: conversation.model_id };
    return true;
  }

  /**
   * A model that is wanted and gone is never replaced by another one: what was written for a model on this machine would
   * go to a service elsewhere. Only where nothing is wanted yet the default is picked.
   */
  #pick() {
    const of = (test) => this.#models.findIndex((model) => model.available && test(model));
    const places = this.#wanted ? [of((model) => isSame(model, this.#wanted))] : [of((model) => model.is_default), of(() => true)];
    const index = places.find((place) => place >= 0) ?? "";
    this.#select.value = String(index);
    this.#wanted ??= this.choice;
    ask(this, "model");
  }

  #showNone() {
    const reason = this.#models.find((model) => model.note)?.note;
    const words = reason ? `${strings.noModels}: ${reason}` : strings.noModels;
    this.replaceChildren(make("span", { class: "model-picker__none", textContent: words }));
  }
}

function option(model, index) {
  const textContent = model.available ? model.label : strings.modelUnavailable(model.label, model.note);
  return make("option", { value: String(index), disabled: !model.available, textContent });
}

const isSame = (one, other) => one.connection_id === other.connection_id && one.model_id === other.model_id;

customElements.define("scripta-model-picker", ModelPicker);
