/** The temporary chat: says in the composer what it means, for as long as the page shows one. */

import { icon, make } from "../page/dom.js";
import { strings } from "../page/strings.js";

class Temporary extends HTMLElement {
  show({ temporary }) {
    if (temporary === Boolean(this.firstChild)) return;
    this.replaceChildren(...(temporary ? [icon("temporary"), make("p", { class: "temporary__words", textContent: strings.temporary.words })] : []));
  }
}

customElements.define("scripta-temporary", Temporary);
