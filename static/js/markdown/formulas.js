/** Draws math as MathML; the library comes with the first formula. What cannot be drawn stays the TeX that it is. */

import { pageData } from "../page/data.js";
import { make } from "../page/dom.js";
import { library } from "./library.js";
import { sanitiseFormula } from "./sanitise.js";

const TASK_MS = 8;
const CACHED = 300;
const OPTIONS = { throwOnError: true, trust: false, strict: false, maxSize: [10, 10], maxExpand: 200, annotate: false };

const load = library("temml", () => import("../../vendor/temml-0.13.5/temml.mjs"));
const drawn = new Map();
const sources = new WeakMap();
let waiting = [];
let style = null;
let temml = null;

/** Draws the formulas of a fragment: at once where they are known or there is time, else soon. */
export function showFormulas(fragment) {
  const until = performance.now() + TASK_MS;
  for (const element of fragment.querySelectorAll(".math:not(.math--open)")) {
    sources.set(element, element.textContent);
    if (!show(element, temml !== null && performance.now() < until)) waiting.push(element);
  }
  if (waiting.length > 0) begin();
}

/** The TeX of a formula, with its marks. */
export function texOf(element) {
  const { markup } = element.dataset;
  const closing = { "\\(": "\\)", "\\[": "\\]" }[markup] ?? markup;
  return `${markup}${sources.get(element) ?? element.textContent}${closing}`;
}

/** Where the library cannot be had, the formulas wait for the next one, which tries again. */
async function begin() {
  style ??= document.head.appendChild(make("link", { rel: "stylesheet", href: pageData.urls.math_style }));
  try {
    temml ??= (await load()).default;
    setTimeout(drawWaiting);
  } catch {
    waiting = waiting.filter((element) => element.isConnected);
  }
}

function drawWaiting() {
  const until = performance.now() + TASK_MS;
  while (waiting.length > 0 && performance.now() < until) show(waiting.shift(), true);
  if (waiting.length > 0) setTimeout(drawWaiting);
}

/** Whether there is nothing left to do for this element. */
function show(element, mayDraw) {
  const tex = sources.get(element);
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
