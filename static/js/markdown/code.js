/** Code blocks: a bar with a switch for long lines, colours and diagrams once their text is complete. */

import { iconButton } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { highlight } from "./highlighter.js";
import { library } from "./library.js";

const WRAPS = "wraps-code";

const diagrams = library("diagrams", () => import("./diagram.js"));
let waiting = [];

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
  if (language !== "mermaid") return highlight(block.querySelector("code"), language);
  return drawDiagram(block);
}

/** Where what draws cannot be had, the blocks wait for the next one, which tries again. */
async function drawDiagram(block) {
  waiting.push(block);
  try {
    const { showDiagram } = await diagrams();
    for (const each of waiting.splice(0)) showDiagram(each);
  } catch {
    waiting = waiting.filter(({ isConnected }) => isConnected);
  }
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
