/** An answer as it comes: its reasoning, what is read out, one paint a frame. */

import { lastSentenceEnd, spoken } from "/static/js/elements/announcer.js";
import { reduce } from "/static/js/state/reduce.js";
import { Store } from "/static/js/state/store.js";
import { after, created, delta, ended, message, open, started } from "./events.js";
import { equal, painted, test, truthy } from "./harness.js";
import { answer, thread } from "./thread.js";

test("long reasoning stands in parts, and what grows leaves the full ones alone", () => {
  const { element } = thread();
  const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
  const text = "A thought that goes on and on.\n".repeat(2_000);
  const thinking = after(begun, delta("g", 0, text, "reasoning"));
  element.show(thinking);
  const shown = element.querySelector(".reasoning__text");
  const parts = [...shown.children];
  truthy(parts.length >= 4 && parts.every(({ textContent }) => textContent.length <= 16_000), `${parts.length}`);
  const observer = new MutationObserver(() => {});
  observer.observe(shown, { subtree: true, childList: true, characterData: true });
  element.show(after(thinking, delta("g", text.length, "And on.", "reasoning")));
  equal(observer.takeRecords().map(({ target }) => target === parts.at(-1).firstChild), [true]);
  equal(shown.textContent, `${text}And on.`);
});

test("thinking tells its time when it is over, also where it took no time that could be measured", () => {
  for (const [took, words] of [[3200, "Thought for 3.2 s"], [0, "Thought for under 1 ms"]]) thinks(took, words);
});

function thinks(took, words) {
  const { element } = thread();
  const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
  element.show(begun);
  const thinking = after(begun, delta("g", 0, "hm", "reasoning"));
  element.show(thinking);
  equal(element.querySelector(".reasoning__summary").textContent, "Thinking …");
  const end = { ...ended("g", "a"), timings: { first_delta_ms: 1, duration_ms: 4000, reasoning_ms: took } };
  element.show(after(thinking, delta("g", 2, "Yes."), end));
  equal(element.querySelector(".reasoning__summary").textContent, words);
}

test("whole sentences are read out, without their marks, and never a part of one", () => {
  const text = "## Rivers\n\nA **river** finds the [sea](https://x). It is";
  equal(spoken(text.slice(0, lastSentenceEnd(text, 0))), "Rivers A river finds the sea.");
  equal([lastSentenceEnd("version 3.14 is", 0), lastSentenceEnd("No end", 0)], [0, 0]);
  equal(spoken("Springs[^1] and streams[^deep].\n\n[^1]: All year."), "Springs and streams. All year.");
  equal(spoken("Look:\n```python\nx = 1\n```\nDone."), "Look: (code) Done.");
});

test("an answer that is continued is read from where it goes on", async () => {
  const { element } = thread();
  const status = document.querySelector("scripta-thread + [role=status]");
  const broken = open(message("q", null), message("a", "q", { role: "assistant", content: "It was told. " }));
  element.show(broken);
  const begun = after(broken, started("h", "a"));
  element.show(begun);
  equal(status.textContent, "The answer is being written.");
  element.show(after(begun, delta("h", 0, "And it goes on."), ended("h", "a", "completed", 15)));
  await painted();
  equal(status.textContent, "And it goes on. The answer is complete.");
});

test("the end of an answer is told, and a running one not word by word", async () => {
  const { element } = thread();
  const status = document.querySelector("scripta-thread + [role=status]");
  const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
  element.show(begun);
  const said = [status.textContent];
  const observer = new MutationObserver(() => said.push(status.textContent));
  observer.observe(status, { childList: true });
  const words = after(begun, delta("g", 0, "One. "), delta("g", 5, "Two. "));
  element.show(words);
  await painted();
  element.show(after(words, ended("g", "a", "completed", 10)));
  await painted();
  equal(said, ["The answer is being written.", "One. Two. The answer is complete."]);
});

/** What a thread says of some states, one paint after the other. */
async function saidOf(...states) {
  const { element } = thread();
  const status = document.querySelector("scripta-thread + [role=status]");
  const said = [];
  const observer = new MutationObserver(() => said.push(status.textContent));
  observer.observe(status, { childList: true });
  for (const state of states) {
    element.show(state);
    await painted();
  }
  return said;
}

const column = (id) => message(id, "q", { role: "assistant", content: "", turn_id: "t", siblings: ["a", "b"] });

test("of columns each end is told, with its model, and one after the other is read", async () => {
  const asked = after(open(message("q", null)), created(column("a")), created(column("b")));
  const begun = after(asked, { ...started("g", "a"), model_id: "first" }, { ...started("h", "b"), model_id: "second" });
  const writing = after(begun, delta("g", 0, "One. "), delta("h", 0, "Two. "));
  const oneLess = after(writing, ended("g", "a", "completed", 5));
  const said = await saidOf(begun, writing, oneLess, after(oneLess, ended("h", "b", "failed", 5)));
  equal(said, ["The answer is being written.", "One. first: The answer is complete.", "Two. The answer has ended before it was complete."]);
});

test("an answer that ends as the next begins is told, and so is the next", async () => {
  const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
  const next = [created(message("r", "a")), created(message("b", "r", { role: "assistant", content: "" })), started("h", "b")];
  const queued = after(begun, delta("g", 0, "One."), ended("g", "a", "completed", 4), ...next);
  equal(await saidOf(begun, queued), ["The answer is being written.", "One. The answer is complete. The answer is being written."]);
});

test("who goes elsewhere hears nothing of what was left", async () => {
  const begun = after(open(message("q", null)), created(message("a", "q", { role: "assistant", content: "" })), started("g", "a"));
  equal(await saidOf(begun, open(message("x", null))), ["The answer is being written."]);
});

/** In which frame each batch of changes of text was made; `stop()` ends the counting. */
function writesOf(element) {
  const frames = [];
  let frame = 0;
  let request = requestAnimationFrame(function tick() {
    frame += 1;
    request = requestAnimationFrame(tick);
  });
  const observer = new MutationObserver(() => frames.push(frame));
  observer.observe(element, { subtree: true, childList: true, characterData: true });
  const stop = () => {
    cancelAnimationFrame(request);
    observer.disconnect();
  };
  return { frames, stop };
}

test("an answer that comes in pieces of a millisecond is written once a frame", async () => {
  const { element } = thread();
  const row = answer("a", "q", { content: "" });
  const store = new Store(reduce, after(open(message("q", null), { ...row, generation: null }), started("g", "a")));
  store.subscribe((state) => element.show(state));
  await painted();
  const { frames, stop } = writesOf(element.querySelector(".prose"));
  const piece = "word **strong** `code` and ";
  for (let number = 0; number < 300; number += 1) {
    store.dispatch(delta("g", number * piece.length, piece));
    const next = performance.now() + 1;
    while (performance.now() < next) await scheduler.postTask(() => {});
  }
  await painted();
  stop();
  truthy(frames.length > 5, `only ${frames.length}`);
  equal(frames.filter((frame, index) => frame === frames[index - 1]), []);
});
