/** Commands that wait for their answer, to be sent again after an interruption: each has a `request_id` and is idempotent. */

export class Unanswered {
  #commands = new Map();
  /** The lengths of those that went out on the socket there is, by request_id. */
  #lengths = new Map();

  add(command) {
    this.#commands.set(command.request_id, command);
  }

  all() {
    return [...this.#commands.values()];
  }

  /** A command went out, as so many characters. What is not waited for is left out. */
  sent({ request_id: requestId }, length) {
    if (this.#commands.has(requestId)) this.#lengths.set(requestId, length);
  }

  /** The socket is gone, and what went out on it may be lost. */
  lost() {
    this.#lengths.clear();
  }

  answered(requestId) {
    this.#commands.delete(requestId);
    this.#lengths.delete(requestId);
  }

  /** The `request_id` of the longest that went out, or undefined. */
  longest() {
    const [longest] = [...this.#lengths].sort(([, one], [, other]) => other - one);
    return longest?.[0];
  }
}
