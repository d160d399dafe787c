/** What a new conversation begins with: a question, and who will answer. */

import { pageData } from "../page/data.js";
import { make } from "../page/dom.js";
import { strings } from "../page/strings.js";

const DEMONSTRATION = "embedded";

class Greeting extends HTMLElement {
  /** `choice` is the model that would answer; null if there is none, and then `problem` says it where it is lost. */
  show({ choice, problem }) {
    const words = this.querySelector(".greeting__words");
    this.replaceChildren(words, ...(choice ? aboutModel(choice) : problem ? [] : aboutNone()));
  }
}

function aboutModel(choice) {
  const model = make("p", { class: "greeting__model", textContent: strings.modelPicked(choice.label, choice.connection) });
  if (!choice.note) return [model];
  const better = choice.kind === DEMONSTRATION && pageData.may_administer && wayToConnect(strings.connectBetter);
  return [model, make("p", { class: "greeting__note" }, `${choice.note} `, better)];
}

function aboutNone() {
  const way = pageData.may_administer ? wayToConnect(strings.connect) : strings.askAdministrator;
  return [make("p", { class: "greeting__model" }, `${strings.noModels}. `, way)];
}

const wayToConnect = (words) => make("a", { href: pageData.urls.admin, textContent: words });

customElements.define("scripta-greeting", Greeting);
