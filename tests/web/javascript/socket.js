/** The socket: what is sent again, when it comes back, when it does not. Against a WebSocket that the test plays. */

import { Socket } from "/static/js/live/socket.js";
import { equal, test, truthy } from "./harness.js";

class Played extends EventTarget {
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

  receive(event) {
    this.readyState = 1;
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(event) }));
  }

  end(code) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

globalThis.WebSocket = Played;

function played() {
  const seen = { events: [], links: [] };
  const socket = new Socket({ address: "ws://x/", onEvent: (event) => seen.events.push(event.type), onLink: ({ status }) => seen.links.push(status) });
  socket.start();
  return { socket, seen, wire: Played.made.at(-1) };
}

const next = () => new Promise((resolve) => (Played.waiting = resolve));
const READY = { type: "session.ready", user: {}, epoch: "e" };
const SEND = { type: "message.send", client_id: "k", content: "Hello" };

test("a message waits for the session, and is sent again until it is answered", async () => {
  const { socket, wire } = played();
  socket.deliver(SEND);
  equal(wire.sent, []);
  wire.receive(READY);
  equal(wire.sent, [SEND]);
  const coming = next();
  wire.end(1006);
  const second = await coming;
  second.receive(READY);
  equal(second.sent, [SEND]);
  second.receive({ type: "message.created", client_id: "k" });
  const again = next();
  second.end(1006);
  const third = await again;
  third.receive(READY);
  equal(third.sent, []);
  socket.stop();
});

test("a refusal answers a message too", () => {
  const { socket, wire } = played();
  wire.receive(READY);
  socket.deliver(SEND);
  wire.receive({ type: "error", code: "x.y", message: "No.", request_id: "k" });
  socket.stop();
  socket.start();
  Played.made.at(-1).receive(READY);
  equal(Played.made.at(-1).sent, []);
  socket.stop();
});

test("an ended session does not come back by itself, and does when the reader does", async () => {
  const { socket, seen, wire } = played();
  wire.receive({ type: "session.ended", reason: "signed_out" });
  wire.end(4401);
  equal(seen.links.at(-1), "ended");
  const count = Played.made.length;
  await new Promise((resolve) => setTimeout(resolve, 600));
  equal(Played.made.length, count);
  dispatchEvent(new Event("online"));
  equal(Played.made.length, count + 1);
  socket.stop();
});

test("a draining server is asked again when it said", async () => {
  const { socket, seen, wire } = played();
  wire.receive(READY);
  wire.receive({ type: "server.draining", reconnect_after_ms: 30 });
  equal(seen.links.at(-1), "draining");
  const coming = next();
  const begun = performance.now();
  wire.end(1012);
  await coming;
  truthy(performance.now() - begun >= 25);
  equal(seen.links.at(-1), "draining");
  socket.stop();
});

test("an interrupted connection is told, and tried again at once when the network is back", () => {
  const { socket, seen, wire } = played();
  wire.receive(READY);
  wire.end(1006);
  equal(seen.links.at(-1), "waiting");
  const count = Played.made.length;
  dispatchEvent(new Event("online"));
  equal(Played.made.length, count + 1);
  socket.stop();
});
