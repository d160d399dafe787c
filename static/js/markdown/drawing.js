/** Puts blocks into the page: HTML, sanitised, enhanced, in its place; and mends what only the end of the text tells. */

import { blocksOf, htmlOf, isLoose, loosen } from "./blocks.js";
import { finishCode, prepareCode } from "./code.js";
import { showFormulas } from "./formulas.js";
import { Notes } from "./notes.js";
import { Parts } from "./parts.js";
import { sanitise } from "./sanitise.js";

const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;
const BLOCKS = new Set(["P", "UL", "OL", "DIV", "BLOCKQUOTE", "HR", "H1", "H2", "H3", "H4", "H5", "H6"]);

export class Drawing {
  #container;
  #enhance;
  #notes;
  #parts;
  #references = {};
  #headings = {};
  #waiting = [];

  constructor(container, enhance) {
    this.#container = container;
    this.#enhance = enhance;
    this.#notes = new Notes(container);
    this.#parts = new Parts(container);
  }

  clear() {
    this.#container.replaceChildren();
    this.#notes.clear();
    this.#parts.clear();
    this.#references = {};
    this.#headings = {};
    this.#waiting = [];
  }

  /** What the parser has to know. `states`: more text follows (`provisional`), it is being written at the end (`growing`). */
  environment(states = {}) {
    return { references: Object.create(this.#references), notes: this.#notes, headings: this.#headings, ...states };
  }

  /** Draws a block, whose `place` is where it begins in the text, at the end, or its pieces at the end of the list or table that is `growing`; its nodes. */
  draw(block, env, growing = null) {
    if (growing?.loose) loosen(block);
    const nodes = this.#nodesOf(block, env, growing);
    for (const node of nodes) {
      if (node.classList.contains("footnote")) this.#notes.place(node);
      else if (growing) growing.element.append(node);
      else this.#parts.append(node, block.place, this.#notes.end);
    }
    return nodes;
  }

  /** The same for what no further text changes. `source` is its markdown. */
  freeze(block, env, growing, source) {
    if (growing && !growing.loose && isLoose(block)) loosenItems(growing);
    const nodes = this.draw(block, env, growing);
    if (mayRefer(block)) this.#waiting.push({ source, nodes, growing });
    finishCode(nodes);
    return nodes;
  }

  /** Takes away what was drawn last. */
  withdraw(nodes) {
    for (const node of nodes) node.remove();
    this.#parts.trim();
  }

  /** Text that is not parsed again: its link references are kept. */
  keepReferences(text) {
    if (DEFINITION.test(text)) blocksOf(text, { references: this.#references });
  }

  /** The text is all there: what was mentioned before it was defined is mended. `text` is what is not kept yet, `live` its nodes. */
  settle(live, text) {
    this.keepReferences(text);
    if (Object.keys(this.#references).length > 0) this.#waiting = this.#waiting.filter((unit) => !this.#resolved(unit));
    this.#notes.settle();
    finishCode(live);
  }

  #nodesOf(block, env, growing) {
    const fragment = sanitise(htmlOf(block, env));
    prepareCode(fragment);
    showFormulas([...fragment.querySelectorAll(".math:not(.math--open)")]);
    this.#enhance(fragment);
    this.#notes.link(fragment);
    if (!growing) return [...fragment.children];
    return [...(growing.type === "table_open" ? (fragment.querySelector("tbody")?.children ?? []) : fragment.firstElementChild.children)];
  }

  /** Draws once more what mentions a name that has got an address since. */
  #resolved({ source, nodes, growing }) {
    const env = this.environment();
    const blocks = blocksOf(source, env);
    if (blocks.every((block) => !refersBy(block, this.#references))) return false;
    const mended = blocks.flatMap((block) => {
      if (growing?.loose) loosen(block);
      return this.#nodesOf(block, env, growing);
    });
    nodes[0].before(...mended);
    this.withdraw(nodes);
    for (const node of mended) if (node.matches(".footnote")) this.#notes.place(node);
    finishCode(mended);
    return true;
  }
}

const texts = ({ tokens }) => tokens.flatMap(({ children }) => children ?? []);

/** Brackets that are still text may be links by a name that is defined later. */
const mayRefer = (block) => texts(block).some(({ type, content }) => type === "text" && content.includes("]"));

const refersBy = (block, references) => {
  const addresses = new Set(Object.values(references).map(({ href }) => href));
  return texts(block).some((token) => addresses.has(token.attrGet?.("href") ?? token.attrGet?.("src")));
};

/** A tight list has become a loose one: the words of its items become paragraphs. */
function loosenItems(growing) {
  growing.loose = true;
  for (const item of growing.element.children) {
    let paragraph = null;
    for (const child of [...item.childNodes]) {
      if (BLOCKS.has(child.tagName)) paragraph = null;
      else {
        if (!paragraph) child.before((paragraph = document.createElement("p")));
        paragraph.append(child);
      }
    }
  }
}
