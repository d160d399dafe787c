/**
 * What a page can be used without: it comes when the browser has nothing else to do, or when somebody is quicker.
 *
 * There are two parts, each behind its one `import`: what opens at a press, and what draws answers. chat/web/modules.py reads
 * here what not to preload.
 */

import { pageData } from "./data.js";
import { fetched } from "./fetched.js";
import { strings } from "./strings.js";
import { toast } from "./toasts.js";

class Part {
  #name;
  #bring;
  #keepsAll;
  #deeds = [];
  #coming = null;

  /** The module; null until it is here. */
  here = null;

  /** `keepsAll`: everything that waits for it is done. Without, only the last: of several presses nobody wants all. */
  constructor(name, bring, { keepsAll = false } = {}) {
    this.#name = name;
    this.#bring = bring;
    this.#keepsAll = keepsAll;
  }

  /** Runs `deed(module)`: now where the part is here, else once it is. Where it cannot be had that is told, with a way to try again. */
  use(deed) {
    if (this.here) return deed(this.here);
    this.#deeds = this.#keepsAll ? [...this.#deeds, deed] : [deed];
    return this.warm();
  }

  /** Has it come. Only those who wait for it hear of a failure. */
  warm() {
    this.#coming ??= this.#come().finally(() => (this.#coming = null));
    return this.#coming;
  }

  async #come() {
    try {
      this.here ??= await this.#arrive();
    } catch {
      if (this.#deeds.length > 0) toast(strings.partNotLoaded, { label: strings.tryAgain, run: () => this.warm() });
      return;
    }
    for (const deed of this.#deeds.splice(0)) deed(this.here);
  }

  async #arrive() {
    const styles = [...document.querySelectorAll(`link[data-later="${this.#name}"]`)];
    const files = [...(pageData.later?.[this.#name] ?? []), ...styles.map(({ href }) => href)];
    await Promise.all(files.map(fetched));
    const [module] = await Promise.all([this.#bring(), applied(styles)]);
    return module;
  }
}

export const panels = new Part("panels", () => import("./panels.js"));
export const markdown = new Part("markdown", () => import("../markdown/view.js"), { keepsAll: true });

/** Everything, once the page is there and the browser idle: the first press waits for no network, and none is needed any more. */
export function warmUp() {
  const warm = async () => {
    await panels.warm();
    panels.here?.installWorker(pageData.urls.worker);
    await markdown.warm();
  };
  const whenIdle = () => (globalThis.requestIdleCallback ?? setTimeout)(warm);
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle, { once: true });
}

/**
 * Style sheets of later parts are in the page, switched off: nothing is fetched for them. Each comes behind all that are there when it
 * is switched on: with one that comes before another, Chromium lays out the whole page anew.
 */
async function applied(links) {
  for (const link of links.filter(({ disabled }) => disabled)) {
    const loaded = new Promise((resolve, reject) => {
      link.addEventListener("load", resolve, { once: true });
      link.addEventListener("error", reject, { once: true });
    });
    document.head.append(link);
    link.disabled = false;
    await loaded;
  }
}
