/** Chooses the model that answers: a native select, grouped by connection; what cannot be chosen says why. */

import { ask, icon, make } from "../page/dom.js";
import { strings } from "../page/strings.js";

class ModelPicker extends HTMLElement {
  #models = null;
  #select = make("select", { class: "model-picker__select", "aria-label": strings.model });
  #conversation;

  constructor() {
    super();
    this.#select.addEventListener("change", () => ask(this, "model"));
  }

  /** The chosen model; undefined while the models are not known (the server then chooses), null if there is none. */
  get choice() {
    if (this.#models === null) return undefined;
    const model = this.#models[Number(this.#select.value)];
    return model?.available ? model : null;
  }

  show(state) {
    if (state.models === null) return;
    const listed = state.models === this.#models;
    if (!listed) this.#list(state.models);
    this.#follow(state, listed);
  }

  #list(models) {
    this.#models = models;
    if (!models.some((model) => model.available)) return this.#showNone();
    const groups = new Map();
    for (const [index, model] of models.entries()) {
      if (!groups.has(model.connection)) groups.set(model.connection, make("optgroup", { label: model.connection }));
      groups.get(model.connection).append(option(model, index));
    }
    this.#select.replaceChildren(...groups.values());
    return this.replaceChildren(this.#select, icon("chevron-down"));
  }

  /** Another conversation has another model; what a person chose lasts until then. */
  #follow({ conversation, opening }, listed) {
    const id = conversation?.id ?? null;
    if (opening || (listed && id === this.#conversation)) return;
    const begun = listed && this.#conversation === null && id !== null;
    this.#conversation = id;
    if (begun) return;
    const of = (test) => this.#models.findIndex(test);
    const places = [of((model) => isOf(model, conversation)), of((model) => model.is_default), of((model) => model.available)];
    this.#select.value = String(places.find((index) => index >= 0) ?? "");
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

const isOf = (model, conversation) =>
  conversation !== null && model.connection_id === conversation.connection && model.model_id === conversation.model_id;

customElements.define("scripta-model-picker", ModelPicker);
