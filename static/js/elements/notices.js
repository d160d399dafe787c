/** What was refused, above the composer; a refused text stays here until it is written again or thrown away. */

import { ask, iconButton, make } from "../page/dom.js";
import { strings } from "../page/strings.js";

/** Of a long text so much is shown that its writer knows it. */
const EXCERPT = 120;

class Notices extends HTMLElement {
  #shown = null;

  show({ notice, returned }) {
    const shown = [notice, returned];
    if (this.#shown?.every((part, index) => part === shown[index])) return;
    this.#shown = shown;
    const told = notice ? [this.#line(notice.message, "dismiss")] : [];
    this.replaceChildren(...told, ...returned.map((item) => this.#returned(item)));
  }

  #returned(item) {
    const excerpt = make("q", { class: "notice-line__text", dir: "auto", textContent: item.content.slice(0, EXCERPT) });
    const back = make("button", { type: "button", class: "button button--small", on: { click: () => ask(this, "put-back", { item }) } }, strings.putBack);
    return this.#line(item.message, "discard", { item }, excerpt, back);
  }

  #line(words, action, detail, ...ways) {
    const close = iconButton("close", strings.dismiss, () => ask(this, action, detail));
    return make("div", { class: "notice-line" }, make("span", { class: "notice-line__words", textContent: words }), ...ways, close);
  }
}

customElements.define("scripta-notices", Notices);
