/** Whose turn it is to draw on. */

import { drawnOn, drawOn } from "/static/js/markdown/unfinished.js";
import { equal, painted, test } from "./harness.js";

/** A view that is whole after some steps; each is written down. */
function viewOf(name, steps, written, isConnected = true) {
  const view = {
    isConnected,
    advance() {
      written.push(name);
      steps -= 1;
      if (steps > 0) drawOn(view);
      else drawnOn(view);
    },
  };
  return view;
}

async function untilWritten(written, count) {
  while (written.length < count) await painted();
}

test("one draws on before each paint, the first until it is whole", async () => {
  const written = [];
  drawOn(viewOf("first", 3, written));
  drawOn(viewOf("second", 2, written));
  await painted();
  equal(written.join(" "), "first");
  await untilWritten(written, 5);
  equal(written.join(" "), "first first first second second");
});

test("what is not in the page comes last", async () => {
  const written = [];
  drawOn(viewOf("gone", 1, written, false));
  drawOn(viewOf("here", 2, written));
  await untilWritten(written, 3);
  equal(written.join(" "), "here here gone");
});

test("what has been drawn to its end meanwhile has no turn", async () => {
  const written = [];
  const first = viewOf("first", 1, written);
  drawOn(first);
  drawOn(viewOf("second", 1, written));
  first.advance();
  await untilWritten(written, 2);
  await painted();
  equal(written.join(" "), "first second");
});

test("what cannot be drawn keeps nobody waiting", async () => {
  const written = [];
  const broken = {
    isConnected: true,
    advance() {
      throw new Error("planted");
    },
  };
  const told = new Promise((resolve) => {
    addEventListener("error", (event) => {
      event.preventDefault();
      resolve(event.error.message);
    }, { once: true });
  });
  drawOn(broken);
  drawOn(viewOf("next", 1, written));
  equal(await told, "planted");
  await untilWritten(written, 1);
});
