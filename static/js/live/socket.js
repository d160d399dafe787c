/**
 * The page's one socket: connects, comes back after interruptions, and sends again what was not answered.
 *
 * `onEvent(event, size)` gets every frame of the server, `onLink({status})` what the connection is doing, when it changes.
 */

import { strings } from "../page/strings.js";
import { Backoff } from "./backoff.js";
import { Heartbeat } from "./heartbeat.js";
import { Unanswered } from "./unanswered.js";

const CLOSED_SESSION = 4401;
const CLOSED_FRAME_TOO_BIG = 1009;
/** From the first byte to `session.ready`: a network that swallows everything says nothing by itself. */
const HANDSHAKE_MS = 10_000;
/** A connection that is being made for longer than this is not waited for by who has just come back. */
const STALE_MS = 5_000;

export class Socket {
  #address;
  #onEvent;
  #onLink;
  #status = null;
  #socket = null;
  #unanswered = new Unanswered();
  #begun = 0;
  #deadline = null;
  #backoff = new Backoff(() => this.#connect());
  #heartbeat = new Heartbeat(() => this.send({ type: "ping" }), () => this.#lost());
  #ended = false;
  #resumeAfter = null;
  #ready = false;
  #listening = null;

  constructor({ address, onEvent, onLink }) {
    this.#address = address;
    this.#onEvent = onEvent;
    this.#onLink = onLink;
  }

  start() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    addEventListener("online", () => this.reconnect(), { signal });
    addEventListener("pageshow", () => this.wake(), { signal });
    addEventListener("offline", () => this.#probe(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.wake(), { signal });
    this.#connect();
  }

  /** Ends the connection; only `start` brings it back. */
  stop() {
    this.#listening?.abort();
    this.#heartbeat.stop();
    this.#backoff.cancel();
    this.#drop();
  }

  /** The reader is back: try at once, and check a socket that may be dead. */
  wake() {
    const isConnecting = this.#socket?.readyState === WebSocket.CONNECTING && performance.now() - this.#begun < STALE_MS;
    this.#ended = false;
    if (!isConnecting) this.reconnect();
  }

  /** The network is back, or the reader does not want to wait: what is still being connected is given up for another try. */
  reconnect() {
    this.#ended = false;
    if (!this.#probe()) this.#connect();
  }

  /** Sends a command if there is a connection; what needs an answer goes through `deliver`. */
  send(command) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    const text = JSON.stringify(command);
    this.#socket.send(text);
    this.#unanswered.sent(command, text.length);
    return true;
  }

  /** Sends a command, and again after each interruption until an event answers its request_id: it is idempotent. */
  deliver(command) {
    this.#unanswered.add(command);
    if (this.#ready) this.send(command);
  }

  /** Whether there is a socket, and then a check that it lives: the browser's word on the network proves nothing here. */
  #probe() {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#heartbeat.probe();
    return true;
  }

  #connect() {
    this.#backoff.cancel();
    this.#drop();
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#ready = false;
    this.#begun = performance.now();
    this.#deadline = setTimeout(() => this.#lost(), HANDSHAKE_MS);
    socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#receive(data));
    socket.addEventListener("close", ({ code }) => socket === this.#socket && this.#closed(code));
  }

  #drop() {
    const dropped = this.#socket;
    this.#socket = null;
    clearTimeout(this.#deadline);
    this.#unanswered.lost();
    dropped?.close();
  }

  #receive(data) {
    this.#heartbeat.heard();
    const event = JSON.parse(data);
    for (const answered of [event.request_id, event.client_id, event.queued?.client_id]) this.#unanswered.answered(answered);
    if (event.type === "session.ended") this.#ended = true;
    if (event.type === "server.draining") this.#drain(event.reconnect_after_ms);
    this.#onEvent(event, data.length);
    if (event.type === "session.ready") this.#begin();
    if (this.#ready && !this.#ended && this.#resumeAfter === null) this.#tell("open");
  }

  #begin() {
    this.#ready = true;
    clearTimeout(this.#deadline);
    this.#backoff.reset();
    this.#heartbeat.start();
    for (const command of this.#unanswered.all()) this.send(command);
  }

  /** The server says when it will be back; it closes once its answers are safe. */
  #drain(milliseconds) {
    this.#resumeAfter = milliseconds;
    this.#tell("draining");
  }

  #closed(code) {
    this.#ready = false;
    this.#heartbeat.stop();
    if (code === CLOSED_FRAME_TOO_BIG) this.#giveBack();
    this.#drop();
    if (this.#ended || code === CLOSED_SESSION) {
      this.#ended = true;
      this.#backoff.cancel();
      this.#tell("ended");
      return;
    }
    if (this.#resumeAfter !== null) {
      this.#backoff.after(this.#resumeAfter);
      this.#resumeAfter = null;
      return;
    }
    this.#backoff.again();
    this.#tell(navigator.onLine ? "waiting" : "offline");
  }

  /** Nothing was heard for too long: the connection is dead though nobody said so. */
  #lost() {
    this.#closed(0);
  }

  /** The longest of what was sent is what was too long. It would be so again: who wrote it has it back instead. */
  #giveBack() {
    const requestId = this.#unanswered.longest();
    if (requestId === undefined) return;
    this.#unanswered.answered(requestId);
    this.#onEvent({ type: "error", code: "command.too_large", message: strings.tooLarge, request_id: requestId }, 0);
  }

  #tell(status) {
    if (status === this.#status) return;
    this.#status = status;
    this.#onLink({ status });
  }
}
