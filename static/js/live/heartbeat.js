/** Notices connections that are dead without a close: pings when it is quiet, gives up when nothing answers. */

const QUIET_MS = 25_000;
const ANSWER_MS = 8_000;

export class Heartbeat {
  #ping;
  #lost;
  #timer = null;

  constructor(ping, lost) {
    this.#ping = ping;
    this.#lost = lost;
  }

  start() {
    this.stop();
    this.#timer = setTimeout(() => this.probe(), QUIET_MS);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Any frame proves that the connection lives. */
  heard() {
    if (this.#timer !== null) this.start();
  }

  /** Asks for a sign of life now. */
  probe() {
    this.stop();
    this.#timer = setTimeout(() => this.#lost(), ANSWER_MS);
    this.#ping();
  }
}
