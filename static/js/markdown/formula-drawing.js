/** Draws math as MathML, a little at a time. What cannot be drawn stays the TeX that it is. */

import temml from "../../vendor/temml-0.13.5/temml.mjs";
import { beforePaint } from "../page/paint.js";
import { sanitiseFormula } from "./sanitise-formula.js";

const TASK_MS = 8;
const PER_PAINT = 100; // formulas that the browser has to lay out before a paint
const CACHED = 300;
const OPTIONS = { throwOnError: true, trust: false, strict: false, maxSize: [10, 10], maxExpand: 200, annotate: false };

const drawn = new Map();
const waiting = [];
let room = PER_PAINT;
let isAsked = false;

/** Draws what there is room and time for, the rest before the next paints, the newest first. `formulas` are {element, tex}. */
export function drawNow(formulas) {
  const until = performance.now() + TASK_MS;
  drawSoon(formulas.filter((each) => room === 0 || !show(each, performance.now() < until)));
}

export function drawSoon(formulas) {
  for (const each of formulas) waiting.push(each);
  ask();
}

function ask() {
  if (isAsked || (waiting.length === 0 && room === PER_PAINT)) return;
  isAsked = true;
  beforePaint(drawWaiting);
}

function drawWaiting() {
  const until = performance.now() + TASK_MS;
  isAsked = false;
  room = PER_PAINT;
  while (waiting.length > 0 && room > 0 && performance.now() < until) {
    const formula = waiting.pop();
    if (formula.element.isConnected) show(formula, true); // a block that was drawn again is gone
  }
  ask();
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
  room -= 1;
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
