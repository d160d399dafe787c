/** Code blocks: a bar with a switch for long lines, colours and diagrams once their text is complete. */

import { iconButton } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { showFormulas } from "./formulas.js";
import { Library } from "./library.js";
import { MATH_LIMIT } from "./math-syntax.js";

const LIMIT = 50_000; // characters
const WRAPS = "wraps-code";

const diagrams = new Library("diagrams", () => import("./diagram.js"));
const highlighter = new Library("highlighter", () => import("./highlighter.js"));

/** Gives every code block of a fragment its bar. */
export function prepareCode(fragment) {
  for (const bar of fragment.querySelectorAll(".code__bar")) bar.append(wrapButton());
  for (const pre of fragment.querySelectorAll("pre")) pre.tabIndex = 0;
}

/** No further text changes these nodes: what is too dear for text that grows is done now. */
export function finishCode(nodes) {
  for (const node of nodes) {
    for (const block of node.matches(".code") ? [node] : node.querySelectorAll(".code")) finish(block);
  }
}

function finish(block) {
  const language = block.querySelector(".code__language").textContent.toLowerCase();
  if (language === "mermaid") return diagrams.use([block], ({ showDiagram }) => showDiagram(block));
  const code = block.querySelector("code");
  if (language !== "math" || code.textContent.length > MATH_LIMIT) return colour(code, language);
  block.className = "math math--display"; // the same element: who drew it may take it away again
  block.dataset.markup = "$$";
  block.textContent = code.textContent.trim();
  return showFormulas([block]);
}

/** A text that is too long stays plain. */
function colour(code, language) {
  if (language === "" || code.textContent.length > LIMIT) return;
  highlighter.use([code], (library) => library.colour(code, language));
}

/** One switch for all blocks of the page: who reads prose beside code wants it for every block. */
function wrapButton() {
  const button = iconButton("wrap", strings.wrapLines, () => {
    const wraps = document.documentElement.classList.toggle(WRAPS);
    for (const other of document.querySelectorAll(".code__wrap")) other.setAttribute("aria-pressed", wraps);
  });
  button.classList.add("code__wrap");
  button.setAttribute("aria-pressed", document.documentElement.classList.contains(WRAPS));
  return button;
}
