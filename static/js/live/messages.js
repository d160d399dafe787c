/** What a person can do with one message. What the API refuses is said in the notice; a text is never lost by it. */

import { newId } from "../page/ids.js";
import { problem } from "../page/problem.js";
import { strings } from "../page/strings.js";
import { toast } from "../page/toasts.js";
import { api } from "./api.js";

export class MessageActions {
  #controller;

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
    const removed = await this.#tried(async () => (await api.removeMessage(message.id)) ?? true);
    if (!removed) return;
    const undo = () => this.#tried(() => api.restoreMessage(message.id));
    toast(strings.messageRemoved, { label: strings.undo, run: undo });
  }

  /** `rating`: up, down, or null for none. */
  async rate({ message, rating, note }) {
    await this.#tried(() => api.rate(message.id, { rating, note }));
  }

  /** The new conversation, or null. */
  fork({ message, scope }) {
    return this.#tried(() => api.fork(message.conversation_id, { message_id: message.id, scope }));
  }

  /** The answer of a call, or null and a notice that says why not. */
  async #tried(call) {
    try {
      return await call();
    } catch (error) {
      const { code, message } = problemOf(error);
      this.#controller.notice(message, code);
      return null;
    }
  }
}

const problemOf = (error) => (error.code ? { code: error.code, message: problem(error) } : { code: "page.notice", message: strings.notSaved });
