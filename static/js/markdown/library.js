/** Libraries that come when they are first needed. A failure is not remembered: the next need tries again. */

import { pageData } from "../page/data.js";
import { fetched } from "../page/fetched.js";

export class Library {
  #name;
  #bring;
  #besides;
  #coming = null;
  #waiting = [];

  /** The module; null until it is here. */
  here = null;

  /**
   * `bring` imports the module. Its files are listed in the page's data under `name`: they come together, not one after the other,
   * and what `besides` fetches comes with them.
   */
  constructor(name, bring, besides = () => {}) {
    this.#name = name;
    this.#bring = bring;
    this.#besides = besides;
  }

  /** Runs `deed(module)`: now, or once the module is here. Where it cannot be had, these elements wait for the next need. */
  use(elements, deed) {
    if (this.here) return deed(this.here);
    this.#waiting.push({ elements, deed });
    this.#coming ??= this.#come().finally(() => (this.#coming = null));
    return undefined;
  }

  async #come() {
    try {
      await Promise.all([this.#besides(), ...[pageData.urls[this.#name] ?? []].flat().map(fetched)]);
      this.here = await this.#bring();
    } catch {
      this.#waiting = this.#waiting.filter(({ elements }) => elements.some((element) => element.isConnected));
      return;
    }
    for (const { deed } of this.#waiting.splice(0)) deed(this.here);
  }
}
