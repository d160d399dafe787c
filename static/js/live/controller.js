/** Between the store and the socket: keeps the open conversation whole, whatever the network does. */

import { pageData } from "../page/data.js";
import { newId } from "../page/ids.js";
import { strings } from "../page/strings.js";
import { positions } from "../state/generation.js";
import { shownId } from "../state/view.js";
import { Acknowledgements } from "./acknowledgements.js";
import { Following } from "./following.js";
import { loadModels, reloadList } from "./lists.js";
import { takeRefusal } from "./refusals.js";
import { Socket } from "./socket.js";

export class Controller {
  #store;
  #socket;
  #acknowledgements = new Acknowledgements((command) => this.send(command));
  #following = new Following((command) => this.send(command), () => this.#open({}));
  #hear = (event) => this.dispatch(event);
  #epoch = null;

  /** The conversations that this page itself has deleted: of others it has to be told. */
  deleted = new Set();

  constructor(store, address) {
    this.#store = store;
    this.#socket = new Socket({
      address,
      onEvent: (event, size) => this.receive(event, size),
      onLink: (link) => this.dispatch({ type: "page.link", link }),
    });
  }

  get state() {
    return this.#store.state;
  }

  /** The reader does not want to wait for the next try. */
  reconnect() {
    this.#socket.reconnect();
  }

  start() {
    this.#socket.start();
    loadModels(this.#hear);
  }

  send(command) {
    return this.#socket.send(command);
  }

  /** Sends a command that has a `request_id`, and again after each interruption, until it is answered. */
  deliver(command) {
    this.#socket.deliver(command);
  }

  /** Begins a turn, and shows at once what it will change (`pending`). */
  begin(command, pending) {
    this.dispatch({ type: "page.sent", pending: { clientId: command.client_id, ...pending } });
    this.deliver({ ...command, request_id: command.client_id });
  }

  notice(message, code = "page.notice") {
    this.dispatch({ type: "page.notice", notice: message ? { code, message } : null });
  }

  /** Words that were being written in a place that is gone: {kind, conversationId, content, message}, `message` says why. */
  giveBack(item) {
    this.dispatch({ type: "page.returned", item: { clientId: newId(), code: "page.notice", ...item } });
  }

  dispatch(event) {
    this.#store.dispatch(event);
  }

  /** Shows another conversation, or with null an empty page for a new one. */
  show(conversationId) {
    this.#close(shownId(this.state));
    this.#following.settle();
    this.dispatch(conversationId ? { type: "page.opening", conversationId } : { type: "page.new" });
    this.#open();
  }

  /** Tries once more to open what could not be opened. */
  reopen() {
    this.dispatch({ type: "page.unopened", failure: null });
    this.#open();
  }

  receive(event, size) {
    if (!this.#take(event, size)) return;
    this.dispatch(event);
    if (event.type === "message.created") this.#closeOther(event.message.conversation_id);
    if (this.state.stale && !this.#following.isAsking) this.#open();
  }

  /** Acknowledges and answers; false for what the page must not show. */
  #take(event, size) {
    switch (event.type) {
      case "session.ready":
        return this.#ready(event);
      case "conversation.snapshot":
        return this.#following.accept(event);
      case "generation.delta":
        this.#acknowledgements.take(event.generation_id, event.to, size);
        return !this.#following.isAsking;
      case "generation.ended":
        this.#acknowledgements.flush(event.generation_id);
        return true;
      case "conversation.deleted":
        if (event.conversation_id === shownId(this.state)) this.#deleted(event.conversation_id);
        return true;
      case "error":
        return this.#refused(event);
      default:
        return true;
    }
  }

  #ready({ user, epoch }) {
    if (user.id !== this.state.user.id) {
      location.assign(pageData.urls.home);
      return false;
    }
    const before = this.#epoch;
    this.#epoch = epoch;
    this.#acknowledgements.clear();
    this.#following.settle();
    if (before !== null) loadModels(this.#hear);
    reloadList(this.#hear, () => this.state.list.items);
    this.#open(before === null || before === epoch ? positions(this.state) : {});
    return true;
  }

  #open(from = positions(this.state)) {
    const conversationId = shownId(this.state);
    if (conversationId) this.#following.ask({ conversation_id: conversationId, positions: from, epoch: this.#epoch });
  }

  /** Whoever sends follows the conversation, also when the page has gone elsewhere meanwhile. */
  #closeOther(conversationId) {
    if (conversationId !== shownId(this.state)) this.#close(conversationId);
  }

  #close(conversationId) {
    if (conversationId) this.send({ type: "conversation.close", conversation_id: conversationId });
  }

  #refused(event) {
    if (event.code.startsWith("model.")) loadModels(this.#hear);
    return takeRefusal(this, this.#following, event, () => this.#leave());
  }

  #deleted(conversationId) {
    this.#leave();
    if (!this.deleted.has(conversationId)) this.notice(strings.deletedElsewhere);
  }

  #leave() {
    this.#following.settle();
    this.dispatch({ type: "page.lost", conversationId: shownId(this.state) });
    history.replaceState(null, "", pageData.urls.home);
  }
}
