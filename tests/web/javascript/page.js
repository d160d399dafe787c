/** The small parts of the page: ids, lengths, acknowledgements. */

import { Acknowledgements } from "/static/js/live/acknowledgements.js";
import { newId } from "/static/js/page/ids.js";
import { lengthLeft, lengthProblem } from "/static/js/page/limits.js";
import { codePoints } from "/static/js/page/text-length.js";
import { equal, test, truthy } from "./harness.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("ids are version 4, with and without a secure context", () => {
  const insecure = { getRandomValues: (bytes) => crypto.getRandomValues(bytes) };
  for (let count = 0; count < 100; count += 1) truthy(UUID.test(newId()) && UUID.test(newId(insecure)));
});

test("lengths are code points, as the server counts", () => {
  equal(["", "aя", "🌊", "👨‍👩‍👧", "\ud800", "\udc00\ud800", "a🌊b"].map(codePoints), [0, 2, 1, 5, 1, 2, 3]);
});

test("the limit is told with its numbers, and nothing near it is refused", () => {
  equal([lengthProblem("🌊".repeat(100)), lengthLeft("a".repeat(79)), lengthLeft("a".repeat(90))], [null, null, 10]);
  equal(lengthProblem("a".repeat(103)), "103 characters; the limit is 100. Shorten it by 3.");
});

test("16 frames or 64 kB are acknowledged, and the end", () => {
  const sent = [];
  const acknowledgements = new Acknowledgements((command) => sent.push(command.position));
  for (let position = 1; position <= 17; position += 1) acknowledgements.take("g", position, 10);
  equal(sent, [16]);
  acknowledgements.take("g", 18, 70_000);
  acknowledgements.take("g", 19, 10);
  acknowledgements.flush("g");
  acknowledgements.flush("g");
  equal(sent, [16, 18, 19]);
});

test("a second is acknowledged", async () => {
  const command = await new Promise((resolve) => new Acknowledgements(resolve).take("g", 5, 10));
  equal(command, { type: "ack", generation_id: "g", position: 5 });
});
