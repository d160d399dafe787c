/** Between the store and the socket: keeps the open conversation whole, whatever the network does. */

import { pageData } from "../page/data.js";
import { strings } from "../page/strings.js";
import { Acknowledgements } from "./acknowledgements.js";
import { loadModels, reloadList } from "./lists.js";
import { Positions } from "./positions.js";
import { Socket } from "./socket.js";

export class Controller {
  #store;
  #socket;
  #positions = new Positions();
  #acknowledgements = new Acknowledgements((command) => this.#socket.send(command));
  #epoch = null;
  #asked = null;

  constructor(store, address) {
    this.#store = store;
    this.#socket = new Socket({
      address,
      onEvent: (event, size) => this.receive(event, size),
      onLink: (link) => store.dispatch({ type: "page.link", link }),
    });
  }

  get state() {
    return this.#store.state;
  }

  start() {
    this.#socket.start();
    loadModels((event) => this.dispatch(event));
  }

  send(command) {
    return this.#socket.send(command);
  }

  deliver(command, pending) {
    this.#store.dispatch({ type: "page.sent", pending: { clientId: command.client_id, ...pending } });
    this.#socket.deliver({ ...command, request_id: command.client_id });
  }

  notice(message, code = "page.notice") {
    this.#store.dispatch({ type: "page.notice", notice: message ? { code, message, returned: null } : null });
  }

  dispatch(event) {
    this.#store.dispatch(event);
  }

  /** Shows another conversation, or with null an empty page for a new one. */
  show(conversationId) {
    const current = this.state.conversation?.id;
    if (current) this.send({ type: "conversation.close", conversation_id: current });
    this.#asked = null;
    this.dispatch(conversationId ? { type: "page.opening", conversationId } : { type: "page.new" });
    if (conversationId) this.#open(conversationId);
  }

  receive(event, size) {
    if (!this.#take(event, size)) return;
    this.dispatch(event);
    if (this.state.stale && !this.#asked) this.#open(this.state.conversation.id);
  }

  /** Keeps positions and acknowledgements; false for what the page must not show. */
  #take(event, size) {
    switch (event.type) {
      case "session.ready":
        return this.#ready(event);
      case "conversation.snapshot":
        if (event.conversation.id !== this.#asked) return false;
        this.#asked = null;
        this.#positions.adopt(event.generations);
        return true;
      case "generation.delta":
        return this.#takeDelta(event, size);
      case "generation.ended":
        return this.#takeEnd(event);
      case "conversation.deleted":
        if (event.conversation_id === this.state.conversation?.id) this.#leave();
        return true;
      case "error":
        return this.#refused(event);
      default:
        return true;
    }
  }

  /** An end that comes before all of the text is an end, but the text has to be fetched. */
  #takeEnd(event) {
    this.#acknowledgements.flush(event.generation_id);
    const isWhole = this.#positions.end(event.generation_id, event.position);
    const isShown = event.generation_id in this.state.running;
    if (isShown && !isWhole && !this.#asked) this.#open(event.conversation_id);
    return true;
  }

  /** While a snapshot is on its way, deltas are in it; after a gap, one is asked for. */
  #takeDelta(event, size) {
    if (this.#asked) return false;
    if (this.#positions.take(event)) {
      this.#acknowledgements.take(event.generation_id, event.to, size);
      return true;
    }
    const current = this.state.conversation?.id;
    if (current) this.#open(current);
    return false;
  }

  #ready({ user, epoch }) {
    if (user.id !== this.state.user.id) {
      location.assign(pageData.urls.home);
      return false;
    }
    if (this.#epoch !== null && this.#epoch !== epoch) this.#positions.clear();
    if (this.#epoch !== null) reloadList((event) => this.dispatch(event));
    this.#epoch = epoch;
    this.#acknowledgements.clear();
    const conversationId = this.state.opening ?? this.state.conversation?.id;
    if (conversationId) this.#open(conversationId);
    return true;
  }

  #open(conversationId) {
    this.#asked = conversationId;
    const positions = this.state.opening ? {} : this.#positions.toJSON();
    this.send({ type: "conversation.open", conversation_id: conversationId, positions, epoch: this.#epoch });
  }

  #refused(event) {
    const lost = event.code === "conversation.not_found" && this.#asked;
    if (!lost) return true;
    this.#asked = null;
    this.#leave();
    this.notice(strings.notFound, event.code);
    return false;
  }

  #leave() {
    this.dispatch({ type: "page.lost" });
    history.replaceState(null, "", pageData.urls.home);
  }
}
