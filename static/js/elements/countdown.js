/** Seconds until a service may be asked again. */

import { strings } from "../page/strings.js";

class Countdown extends HTMLElement {
  seconds = 0;
  #end = 0;
  #timer = null;

  connectedCallback() {
    this.#end ||= Date.now() + this.seconds * 1000;
    this.#tick();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #tick() {
    const left = Math.ceil((this.#end - Date.now()) / 1000);
    this.textContent = left > 0 ? ` ${strings.retryIn(left)}` : "";
    if (left > 0) this.#timer = setTimeout(() => this.#tick(), 1000);
  }
}

customElements.define("scripta-countdown", Countdown);
