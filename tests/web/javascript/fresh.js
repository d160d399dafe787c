/** The reducer: a page that heard of everything shows what a page shows that is opened afresh. */

import { positions } from "/static/js/state/generation.js";
import { headId } from "/static/js/state/view.js";
import { after, begin, CONVERSATION } from "./events.js";
import { equal, test, truthy } from "./harness.js";
import { KeptTree } from "./kept-tree.js";

const RUNS = 60;
const STEPS = 40;

/** Numbers below 1 that are the same in every run of the tests (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What may happen, each as `(tree, one) => events`, or undefined where it cannot. `one` takes one of a list. */
const DEEDS = [
  (tree, one) => tree.running.length === 0 && tree.send(tree.head, one([1, 1, 2, 3])),
  (tree, one) => tree.running.length > 0 && tree.write(one(tree.running), "words "),
  (tree, one) => tree.running.length > 0 && tree.write(one(tree.running), "hm ", "reasoning"),
  (tree, one) => tree.running.length > 0 && tree.end(one(tree.running), one(["completed", "stopped", "failed"])),
  (tree) => tree.running.flatMap((row) => tree.end(row, "completed")),
  (tree) => tree.running.flatMap((row) => tree.end(row, "completed")),
  (tree, one) => within(one(own(tree)), (row) => tree.send(row.parent_id, one([1, 2]))),
  (tree, one) => within(one(answers(tree)), (row) => tree.answer({ id: row.parent_id }, 1)),
  (tree, one) => within(one(tree.rows), (row) => tree.choose(row)),
  (tree, one) => within(one(own(tree)), (row) => tree.save(row, one(["other", "words"]))),
  (tree, one) => within(one(answers(tree)), (row) => tree.rate(row, one(["up", "down", null]))),
  (tree, one) => within(one(tree.running.length ? [] : tree.rows), (row) => tree.remove(row)),
  (tree, one) => within(one(tree.running.length ? [] : tree.restorable), (row) => tree.restore(row)),
  (tree, one) => within(one(ended(tree)), (row) => tree.continue(row)),
];

const within = (row, deed) => row && deed(row);
const own = (tree) => tree.visible.filter(({ role }) => role === "user");
const answers = (tree) => tree.visible.filter(({ role }) => role === "assistant");
const ended = (tree) => answers(tree).filter(({ id, generation }) => generation.status !== "running" && !tree.rows.some(({ parent_id }) => parent_id === id));

/** As the page asks again for what it cannot know. */
const settled = (state, tree) => (state.stale ? after({ ...state, stale: false }, tree.snapshot(positions(state))) : state);

/** What is compared: a running generation has its figures at its end, and a page's own marks are its own. */
function shown(state) {
  const messages = state.messages.map(({ key, generation, ...message }) => ({ ...message, generation: figures(generation) }));
  return sorted({ messages, running: state.running, head: headId(state) });
}

function figures(generation) {
  if (generation?.status !== "running") return generation && { ...generation, live: undefined };
  const { id, status, model_id, connection } = generation;
  return { id, status, model_id, connection };
}

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};

for (const [name, lost] of [["heard", 0], ["mostly heard", 0.1]]) {
  test(`events that are ${name} and a snapshot where they leave a gap make the state of a fresh page`, () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const next = numbers(seed);
      const one = (list) => list[Math.floor(next() * list.length)];
      const tree = new KeptTree();
      const fresh = () => after(begin({ conversation: CONVERSATION }), tree.snapshot());
      tree.send(null, 2);
      let state = fresh();
      for (let step = 0; step < STEPS; step += 1) {
        const events = one(DEEDS)(tree, one) || [];
        const isLost = next() < lost;
        for (const event of events) if (!isLost) state = settled(after(state, event), tree);
        if (isLost) state = after(state, tree.snapshot(positions(state)));
        truthy(!state.stale, "it asks without an end");
        equal(shown(state), shown(fresh()));
      }
    }
  });
}

test("a chosen column is followed by what is sent next, whichever stands last", () => {
  const tree = new KeptTree();
  tree.send(null, 3);
  const state = after(begin({ conversation: CONVERSATION }), tree.snapshot());
  const [, first, second] = tree.visible;
  equal([tree.visible.length, headId(state)], [4, first.id]);
  equal(headId(after(state, ...tree.choose(second))), second.id);
});

test("columns come one after the other and stand side by side, oldest first", () => {
  const tree = new KeptTree();
  const [question, one, two, three] = tree.send(null, 3);
  const state = after(begin({ conversation: CONVERSATION }), question, three, one, two);
  equal(state.messages.map(({ id }) => id), tree.visible.map(({ id }) => id));
});

test("a message that is deleted takes along what followed it, and not its neighbour", () => {
  const tree = new KeptTree();
  tree.send(null, 2);
  const [question, one, two] = tree.visible;
  for (const row of [one, two]) tree.end(row, "completed");
  tree.send(one.id, 1);
  const state = after(begin({ conversation: CONVERSATION }), tree.snapshot());
  equal(state.messages.length, 5);
  const without = after(state, ...tree.remove(one));
  equal([without.messages.map(({ id }) => id), without.stale], [[question.id, two.id], false]);
});
