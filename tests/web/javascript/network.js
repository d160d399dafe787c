/** The socket on bad networks: what hangs, what is dead without a word, what is too long, and when it is tried again. */

import { Backoff } from "/static/js/live/backoff.js";
import { Heartbeat } from "/static/js/live/heartbeat.js";
import { Socket } from "/static/js/live/socket.js";
import { stoppedClock } from "./clock.js";
import { equal, test, truthy } from "./harness.js";
import { Played, READY } from "./wire.js";

/** Runs `check({socket, events, links, wire, made, pass})` on a socket that has begun, in time that passes as the test says. */
function timed(name, check) {
  test(name, () => {
    const clock = stoppedClock();
    const [events, links] = [[], []];
    const socket = new Socket({ address: "ws://x/", onEvent: (event) => events.push(event), onLink: ({ status }) => links.push(status) });
    const before = Played.made.length;
    try {
      socket.start();
      check({ socket, events, links, wire: () => Played.made.at(-1), made: () => Played.made.length - before, pass: clock.pass });
    } finally {
      socket.stop();
      clock.stop();
    }
  });
}

timed("a handshake that hangs is given up after ten seconds, and tried again", ({ wire, made, links, pass }) => {
  const first = wire();
  pass(9_900);
  equal([made(), links], [1, []]);
  pass(200);
  equal([first.readyState, links], [3, ["waiting"]]);
  pass(300);
  equal(made(), 2);
  wire().readyState = 1; // open, but no word of a session
  pass(9_700);
  equal(made(), 2);
  pass(1_500);
  equal(made(), 3);
  wire().receive(READY);
  pass(20_000);
  equal([made(), links.at(-1)], [3, "open"]);
});

timed("who asks for another try gets one, also while one hangs; the page's own beginning makes no second", ({ socket, wire, made, pass }) => {
  const first = wire();
  dispatchEvent(new Event("pageshow"));
  equal(made(), 1);
  socket.reconnect();
  equal([made(), first.readyState], [2, 3]);
  dispatchEvent(new Event("online"));
  equal(made(), 3);
  pass(6_000);
  dispatchEvent(new Event("pageshow"));
  equal(made(), 4);
  wire().receive(READY);
  socket.reconnect();
  equal([made(), wire().sent.at(-1)], [4, { type: "ping" }]);
});

for (const [name, come] of Object.entries({ pageshow: () => dispatchEvent(new Event("pageshow")), visibilitychange: () => document.dispatchEvent(new Event("visibilitychange")) })) {
  timed(`a reader who is back (${name}) finds a connection, or that the old one is dead`, ({ wire, made, links, pass }) => {
    wire().end(1006);
    come();
    equal(made(), 2);
    wire().receive(READY);
    come();
    equal([made(), wire().sent], [2, [{ type: "ping" }]]);
    pass(8_100);
    equal([links, made()], [["waiting", "open", "waiting"], 2]);
    pass(300);
    equal(made(), 3);
  });
}

const LONG = { type: "message.send", request_id: "long", content: "x".repeat(1000) };
const SHORT = { type: "generation.stop", request_id: "short" };

timed("what closed the connection by its length is given back and not sent again; the rest is", ({ socket, events, wire, pass }) => {
  socket.deliver(SHORT);
  wire().receive(READY);
  socket.deliver(LONG);
  wire().end(1009);
  const { type, code, request_id, message } = events.at(-1);
  equal([type, code, request_id, message.length > 10], ["error", "command.too_large", "long", true]);
  pass(300);
  wire().receive(READY);
  equal(wire().sent, [SHORT]);
  wire().end(1006);
  equal(events.at(-1).type, "session.ready");
});

timed("pages that a restarting server sent away do not come back all at once", ({ wire, made, pass }) => {
  const random = Math.random;
  try {
    Math.random = () => 0.9;
    wire().receive(READY);
    wire().receive({ type: "server.draining", reconnect_after_ms: 1500 });
    wire().end(1012);
    pass(2_800);
    equal(made(), 1);
    pass(100);
    equal(made(), 2);
  } finally {
    Math.random = random;
  }
});

test("tries come slower and slower, up to a bound, spread over half of the time, and begin anew after a success", () => {
  const random = Math.random;
  const clock = stoppedClock();
  let tries = 0;
  const backoff = new Backoff(() => (tries += 1));
  const waited = (spread) => {
    Math.random = () => spread;
    const before = tries;
    backoff.again();
    backoff.again();
    let time = 0;
    while (tries === before) time += clock.pass(25) ?? 25;
    return time;
  };
  try {
    equal([1, 1, 1, 1, 1, 1, 1, 1].map(waited), [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    equal(waited(0), 7_500);
    backoff.reset();
    equal([waited(0), waited(1)], [125, 500]);
    backoff.again();
    backoff.cancel();
    const before = tries;
    clock.pass(60_000);
    equal(tries, before);
  } finally {
    clock.stop();
    Math.random = random;
  }
});

test("a quiet connection is asked for a sign of life, any frame is one, and silence is its end", () => {
  const clock = stoppedClock();
  const said = [];
  const heartbeat = new Heartbeat(() => said.push("ping"), () => said.push("lost"));
  try {
    heartbeat.start();
    clock.pass(24_000);
    heartbeat.heard();
    clock.pass(24_900);
    equal(said, []);
    clock.pass(200);
    equal(said, ["ping"]);
    clock.pass(7_000);
    heartbeat.heard();
    clock.pass(24_000);
    equal(said, ["ping"]);
    clock.pass(9_100);
    equal(said, ["ping", "ping", "lost"]);
    heartbeat.stop();
    heartbeat.heard();
    clock.pass(100_000);
    equal(said.length, 3);
  } finally {
    clock.stop();
  }
});

truthy(!document.hidden, "the tests of this module need a visible page");
