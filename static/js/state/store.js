/** Holds the page's state; only the reducer changes it. Listeners hear of changes once a paint. */

import { beforePaint } from "../page/paint.js";

export class Store {
  #reduce;
  #listeners = new Set();
  #watchers = new Set();
  #announced = true;

  constructor(reduce, state) {
    this.#reduce = reduce;
    this.state = state;
  }

  dispatch(event) {
    for (const watcher of this.#watchers) watcher(event, this.state);
    const next = this.#reduce(this.state, event);
    if (next === this.state) return;
    this.state = next;
    if (this.#announced) {
      this.#announced = false;
      beforePaint(() => this.#announce());
    }
  }

  /** Calls `listener(state)` now and after changes. */
  subscribe(listener, { signal } = {}) {
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener));
    listener(this.state);
  }

  /** Calls `watcher(event, state)` for each event, with the state before it. */
  watch(watcher) {
    this.#watchers.add(watcher);
  }

  #announce() {
    this.#announced = true;
    for (const listener of this.#listeners) listener(this.state);
  }
}
