/** What a new conversation begins with: a question, and who will answer. */

import { pageData } from "../page/data.js";
import { make } from "../page/dom.js";
import { noteOf } from "../page/model-words.js";
import { strings } from "../page/strings.js";

const DEMONSTRATION = "embedded";

class Greeting extends HTMLElement {
  /** `choices` are the models that would answer; null if one cannot, and then `problem` says it where it is lost. */
  show({ choices, problem }) {
    const words = this.querySelector(".greeting__words");
    this.replaceChildren(words, ...(choices ? aboutModels(choices) : problem ? [] : aboutNone()));
  }
}

function aboutModels(choices) {
  const [first] = choices;
  const words = choices.length > 1 ? strings.models.pickedSeveral(choices.map(({ label }) => label)) : strings.models.picked(first.label, first.connection);
  const model = make("p", { class: "greeting__model", textContent: words });
  const note = noteOf(first);
  if (!note || choices.length > 1) return [model];
  const better = first.kind === DEMONSTRATION && pageData.may_administer && wayToConnect(strings.models.connectBetter);
  return [model, make("p", { class: "greeting__note" }, `${note} `, better)];
}

function aboutNone() {
  const way = pageData.may_administer ? wayToConnect(strings.models.connect) : strings.models.askAdministrator;
  return [make("p", { class: "greeting__model" }, `${strings.models.none}. `, way)];
}

const wayToConnect = (words) => make("a", { href: pageData.urls.admin, textContent: words });

customElements.define("scripta-greeting", Greeting);
