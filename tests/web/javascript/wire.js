/** A WebSocket that the test plays the server of. */

export class Played extends EventTarget {
  static OPEN = 1;
  static CONNECTING = 0;
  static made = [];
  static waiting = null;
  readyState = 0;
  sent = [];

  constructor() {
    super();
    Played.made.push(this);
    Played.waiting?.(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  /** A frame of the server. */
  receive(event) {
    this.readyState = 1;
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(event) }));
  }

  /** The connection ends. */
  end(code) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

globalThis.WebSocket = Played;

/** The next socket that the page makes. */
export const next = () => new Promise((resolve) => (Played.waiting = resolve));

export const READY = { type: "session.ready", user: { id: "u" }, epoch: "e" };
