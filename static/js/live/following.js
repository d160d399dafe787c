/** The conversation that the page follows on its socket: asked for, and again where the server could not give it. */

import { newId } from "../page/ids.js";
import { Backoff } from "./backoff.js";

const REFUSALS = 6;

export class Following {
  #send;
  #backoff;
  #request = null;
  #refusals = 0;

  /** `again()` is called when it is time to ask once more. */
  constructor(send, again) {
    this.#send = send;
    this.#backoff = new Backoff(again);
  }

  /** Whether a snapshot is on its way, or will be asked for: until it is there, deltas are in it. */
  get isAsking() {
    return this.#request !== null;
  }

  /** Asks with `{conversation_id, positions, epoch}`. Only the answer to the last question counts. */
  ask(what) {
    this.#backoff.cancel();
    this.#request = newId();
    this.#send({ type: "conversation.open", request_id: this.#request, ...what });
  }

  /** Whether this answers what was asked last. */
  isAnsweredBy({ request_id }) {
    return this.isAsking && request_id === this.#request;
  }

  /** Takes a snapshot; false where it is not what was asked for last. */
  accept(snapshot) {
    if (!this.isAnsweredBy(snapshot)) return false;
    this.settle();
    return true;
  }

  /** Plans the next try; false when there were enough. */
  again() {
    this.#refusals += 1;
    if (this.#refusals >= REFUSALS) return false;
    this.#backoff.again();
    return true;
  }

  /** Waits for nothing any more: it was answered, given up, or is not wanted. */
  settle() {
    this.#request = null;
    this.#refusals = 0;
    this.#backoff.reset();
  }
}
