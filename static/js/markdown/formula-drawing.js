/** Draws math as MathML, a little at a time. What cannot be drawn stays the TeX that it is. */

import temml from "../../vendor/temml-0.13.5/temml.mjs";
import { beforePaint } from "../page/paint.js";
import { sanitiseFormula } from "./sanitise-formula.js";

const TASK_MS = 8;
const AT_ONCE = 200; // formulas of a block: the browser has to lay them out
const PER_PAINT = 100; // formulas that waited
const CACHED = 300;
const OPTIONS = { throwOnError: true, trust: false, strict: false, maxSize: [10, 10], maxExpand: 200, annotate: false };

const drawn = new Map();
let waiting = [];

/** Draws what is known and what there is time for, the rest soon. `formulas` are {element, tex}, of one block. */
export function drawNow(formulas) {
  const until = performance.now() + TASK_MS;
  drawSoon(formulas.filter((each, index) => index >= AT_ONCE || !show(each, performance.now() < until)));
}

/** Draws them before the next paints, the newest first, while they are in the page. */
export function drawSoon(formulas) {
  if (formulas.length > 0 && waiting.length === 0) beforePaint(drawWaiting);
  for (const each of formulas) waiting.push(each);
}

function drawWaiting() {
  const until = performance.now() + TASK_MS;
  waiting = waiting.filter(({ element }) => element.isConnected);
  for (let room = PER_PAINT; waiting.length > 0 && room > 0 && performance.now() < until; room -= 1) show(waiting.pop(), true);
  if (waiting.length > 0) beforePaint(drawWaiting);
}

/** Whether there is nothing left to do for this element. */
function show({ element, tex }, mayDraw) {
  const display = element.classList.contains("math--display");
  const key = `${display} ${tex}`;
  if (!drawn.has(key)) {
    if (!mayDraw) return false;
    remember(key, formula(tex, display));
  }
  const known = drawn.get(key);
  if (known) element.replaceChildren(known.cloneNode(true));
  else element.classList.add("math--source");
  return true;
}

function formula(tex, displayMode) {
  const holder = document.createElement("span");
  try {
    temml.render(tex, holder, { ...OPTIONS, displayMode });
    return sanitiseFormula(holder.firstElementChild);
  } catch {
    return null; // not TeX, or too much of it
  }
}

function remember(key, element) {
  drawn.set(key, element);
  if (drawn.size > CACHED) drawn.delete(drawn.keys().next().value);
}
