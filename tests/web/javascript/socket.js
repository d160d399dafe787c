/** The socket: what is sent again, when it comes back, when it does not. Against a WebSocket that the test plays. */

import { Socket } from "/static/js/live/socket.js";
import { equal, test, truthy } from "./harness.js";
import { next, Played, READY } from "./wire.js";

function played() {
  const seen = { events: [], links: [] };
  const socket = new Socket({ address: "ws://x/", onEvent: (event) => seen.events.push(event.type), onLink: ({ status }) => seen.links.push(status) });
  socket.start();
  return { socket, seen, wire: Played.made.at(-1) };
}

const SEND = { type: "message.send", request_id: "k", client_id: "k", content: "Hello" };

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

test("a stop is sent again until the end of the generation answers it", async () => {
  const { socket, wire } = played();
  wire.receive(READY);
  const stop = { type: "generation.stop", request_id: "r", generation_id: "g" };
  socket.deliver(stop);
  const coming = next();
  wire.end(1006);
  const second = await coming;
  second.receive(READY);
  equal(second.sent, [stop]);
  second.receive({ type: "generation.ended", generation_id: "g", request_id: "r" });
  const again = next();
  second.end(1006);
  const third = await again;
  third.receive(READY);
  equal(third.sent, []);
  socket.stop();
});

test("that the browser thinks it is offline is checked, not believed", () => {
  const { socket, seen, wire } = played();
  wire.receive(READY);
  const before = wire.sent.length;
  dispatchEvent(new Event("offline"));
  equal(seen.links, ["open"]);
  equal(wire.sent.slice(before), [{ type: "ping" }]);
  wire.receive({ type: "pong" });
  equal([seen.links, Played.made.at(-1) === wire], [["open"], true]);
  socket.stop();
});

test("any frame says that the connection is there, but for a server that is going down", () => {
  const { socket, seen, wire } = played();
  wire.receive(READY);
  wire.receive({ type: "server.draining", reconnect_after_ms: 30 });
  wire.receive({ type: "pong" });
  equal(seen.links, ["open", "draining"]);
  socket.stop();
});
