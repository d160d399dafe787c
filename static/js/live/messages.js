/** What a person can do with one message. What the API refuses can be tried again; a text is never lost by it. */

import { newId } from "../page/ids.js";
import { problem } from "../page/problem.js";
import { strings } from "../page/strings.js";
import { toast } from "../page/toasts.js";
import { api } from "./api.js";
import { attempt } from "./attempt.js";

export class MessageActions {
  #controller;
  /** What was asked last of each message that was rated. */
  #rated = new Map();

  constructor(controller) {
    this.#controller = controller;
  }

  /** Other words in the place of the old ones, shown at once; what is refused goes back into its editor. */
  async save({ message, content }) {
    const clientId = newId();
    this.#controller.dispatch({ type: "page.sent", pending: { clientId, kind: "save", messageId: message.id, content } });
    try {
      const saved = await api.saveMessage(message.id, content);
      this.#controller.dispatch({ type: "page.saved", message: saved, client_id: clientId });
    } catch (error) {
      this.#controller.dispatch({ type: "error", request_id: clientId, ...problemOf(error) });
    }
  }

  async remove({ message }) {
    if (!(await attempt(strings.failedTo.remove, () => api.removeMessage(message.id), () => this.remove({ message })))) return;
    toast(strings.messageRemoved, { label: strings.undo, run: () => this.#restore(message) });
  }

  /**
   * `asked` is {message, rating, note, done}; `rating`: up, down, or null for none; `done()` is called once it is kept. What was
   * asked later is not undone by a late try.
   */
  async rate(asked) {
    const { message, rating, note } = asked;
    this.#rated.set(message.id, asked);
    const isLast = () => this.#rated.get(message.id) === asked;
    const isKept = await attempt(strings.failedTo.rate, () => api.rate(message.id, { rating, note }), () => isLast() && this.rate(asked));
    if (isKept && isLast()) asked.done?.();
  }

  /** The new conversation, or null; `again()` tries once more, and goes there. */
  fork({ message, scope }, again) {
    return attempt(strings.failedTo.fork, () => api.fork(message.conversation_id, { message_id: message.id, scope }), again);
  }

  #restore(message) {
    return attempt(strings.failedTo.restore, () => api.restoreMessage(message.id), () => this.#restore(message));
  }
}

const problemOf = (error) => (error.code ? { code: error.code, message: problem(error) } : { code: "page.notice", message: strings.notSaved });
