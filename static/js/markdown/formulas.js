/** Has math drawn: what draws it comes with the first formula, its typeface too. Until then a formula is the TeX that it is. */

import { pageData } from "../page/data.js";
import { make } from "../page/dom.js";
import { Library } from "./library.js";

const temml = new Library("temml", () => import("./formula-drawing.js"), styled);
const sources = new WeakMap();
let style = null;

/** Draws the formulas of a block, which are elements with TeX: at once where they are known or there is time, else soon. */
export function showFormulas(elements) {
  if (elements.length === 0) return;
  const formulas = elements.map((element) => ({ element, tex: element.textContent }));
  for (const { element, tex } of formulas) sources.set(element, tex);
  const isHere = temml.here !== null;
  temml.use(elements, ({ drawNow, drawSoon }) => (isHere ? drawNow : drawSoon)(formulas));
}

/** The TeX of a formula, with its marks. */
export function texOf(element) {
  const { markup } = element.dataset;
  const closing = { "\\(": "\\)", "\\[": "\\]" }[markup] ?? markup;
  return `${markup}${sources.get(element) ?? element.textContent}${closing}`;
}

/** In another typeface formulas would have other measures, and move the page once theirs has come. */
async function styled() {
  style ??= make("link", { rel: "stylesheet", href: pageData.urls.math_style });
  const loaded = new Promise((resolve) => (style.onload = style.onerror = resolve));
  document.head.append(style); // once more where it could not be had
  await loaded;
  await document.fonts.load('1em "STIX Two Math"').catch(() => {});
}
