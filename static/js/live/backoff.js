/** When to try again: soon at first, then slower, spread out so that not all pages come at once. */

const FIRST_MS = 250;
const LAST_MS = 15_000;

export class Backoff {
  #attempt;
  #tries = 0;
  #timer = null;

  constructor(attempt) {
    this.#attempt = attempt;
  }

  /** The next try, unless one is planned. */
  again() {
    if (this.#timer !== null) return;
    const ceiling = Math.min(LAST_MS, FIRST_MS * 2 ** this.#tries);
    this.#tries += 1;
    this.#plan(ceiling * (0.5 + Math.random() / 2));
  }

  /** A try when the server asked for it, within as long again: it told that to all pages at once. */
  after(milliseconds) {
    this.#plan(milliseconds * (1 + Math.random()));
  }

  #plan(milliseconds) {
    this.cancel();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#attempt();
    }, milliseconds);
  }

  cancel() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  reset() {
    this.cancel();
    this.#tries = 0;
  }
}
