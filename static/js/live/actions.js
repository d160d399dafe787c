/** What a person can do: each is a command on the socket or a call of the API. */

import { newId } from "../page/ids.js";
import { failure } from "../page/problem.js";
import { api } from "./api.js";

export class Actions {
  #controller;

  constructor(controller) {
    this.#controller = controller;
  }

  get #state() {
    return this.#controller.state;
  }

  /** Another version of one's own message, answered anew. */
  edit({ message, content, choices }) {
    const command = { type: "message.edit", message_id: message.id, client_id: newId(), content };
    if (choices) command.models = choices.map(({ connection_id, model_id }) => ({ connection_id, model_id }));
    this.#controller.begin(command, { kind: "edit", parentId: message.parent_id, messageId: message.id, content });
  }

  /** Another answer beside this one. */
  retry({ message, choice }) {
    const command = { type: "generation.retry", message_id: message.id, client_id: newId() };
    if (choice) Object.assign(command, { connection_id: choice.connection_id, model_id: choice.model_id });
    this.#controller.begin(command, { kind: "retry", parentId: message.parent_id, modelId: choice?.model_id, asked: { message, choice } });
  }

  /** More of the same answer, once. */
  continue({ message }) {
    if (this.#state.outbox.some(({ kind, messageId }) => kind === "continue" && messageId === message.id)) return;
    const command = { type: "generation.continue", message_id: message.id, client_id: newId() };
    this.#controller.begin(command, { kind: "continue", parentId: message.parent_id, messageId: message.id, asked: { message } });
  }

  /** Until the end of the generation is heard the stop is on its way, whatever happens to the socket. */
  stop({ generationId }) {
    const requestId = newId();
    this.#controller.dispatch({ type: "page.stopping", generationId, requestId });
    this.#controller.deliver({ type: "generation.stop", request_id: requestId, generation_id: generationId });
  }

  /** Shows another version: the head moves there, in every tab. */
  async branch({ messageId }) {
    try {
      await api.moveHead(this.#state.conversation.id, messageId);
    } catch (error) {
      this.#controller.notice(failure(error), error.code);
    }
  }

  async older() {
    const { conversation, messages } = this.#state;
    const before = messages[0].id;
    this.#controller.dispatch({ type: "page.older.asked" });
    const page = await api.messages(conversation.id, before).catch(() => null);
    if (!page) return this.#controller.dispatch({ type: "page.older.failed", conversationId: conversation.id });
    const event = { conversationId: conversation.id, before, messages: page.items, hasOlder: page.has_older };
    return this.#controller.dispatch({ type: "page.older", ...event });
  }

  async more() {
    const { loading, nextCursor: after } = this.#state.list;
    if (loading) return;
    this.#controller.dispatch({ type: "page.list.loading" });
    const page = await api.conversations(after).catch(() => null);
    if (page) this.#controller.dispatch({ type: "page.list", items: page.items, nextCursor: page.next_cursor, after });
    else this.#controller.dispatch({ type: "page.list.failed", after });
  }
}
