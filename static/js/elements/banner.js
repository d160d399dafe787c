/** Says what the connection is doing when it is not simply there. */

import { pageData } from "../page/data.js";
import { ask, make } from "../page/dom.js";
import { strings } from "../page/strings.js";

/** Interruptions shorter than this are not worth a word. */
const PATIENCE_MS = 1500;

class Banner extends HTMLElement {
  #status = null;
  #timer = null;

  show({ link }) {
    if (link.status === this.#status) return;
    this.#status = link.status;
    clearTimeout(this.#timer);
    const line = this.#line(link.status);
    if (!line) this.replaceChildren();
    else if (link.status === "waiting" && !this.firstChild) this.#timer = setTimeout(() => this.replaceChildren(line), PATIENCE_MS);
    else this.replaceChildren(line);
  }

  #line(status) {
    const words = { waiting: strings.reconnecting, offline: strings.offline, draining: strings.draining, ended: strings.signedOut }[status];
    const way = { waiting: () => this.#again(), offline: () => this.#again(), ended: signIn }[status];
    return words && make("p", { class: "banner__line" }, words, way?.());
  }

  #again() {
    return make("button", { type: "button", class: "banner__way", textContent: strings.tryNow, on: { click: () => ask(this, "reconnect") } });
  }
}

/** In a tab of its own: what is typed here stays. */
function signIn() {
  const href = `${pageData.urls.login}?next=${encodeURIComponent(location.pathname)}`;
  return make("a", { href, target: "_blank", rel: "noopener", textContent: strings.signIn });
}

customElements.define("scripta-banner", Banner);
