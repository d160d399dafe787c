/** Puts blocks into the page: HTML, sanitised, enhanced, in its place; and mends what only the end of the text tells. */

import { blocksOf, htmlOf, isLoose, loosen } from "./blocks.js";
import { finishCode, prepareCode } from "./code.js";
import { showFormulas } from "./formulas.js";
import { piecesOf } from "./growing.js";
import { Notes } from "./notes.js";
import { Parts } from "./parts.js";
import { reviseAttributes, revised } from "./revision.js";
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
  /** How many names had an address when it was looked how many of those that wait mention one. */
  #named = 0;
  #settled = 0;
  /** Nodes in the page that are drawn again, from the first on; and where in the text a block begins. */
  #old = [];
  #places = new WeakMap();

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
    this.#old = [];
    this.#settled = 0;
  }

  /** What the parser has to know. `states`: more text follows (`provisional`), it is being written at the end (`growing`). */
  environment(states = {}) {
    return { references: Object.create(this.#references), notes: this.#notes, headings: this.#headings, ...states };
  }

  /** Draws a block, whose `place` is where it begins in the text, at the end, or its pieces at the end of the list or table that is `growing`; its nodes. */
  draw(block, env, growing = null) {
    if (growing?.loose) loosen(block);
    return this.#nodesOf(block, env, growing).map((node) => this.#kept(node, block, growing) ?? this.#placed(node, block, growing));
  }

  /** A list or table without its pieces, which stay to be drawn again where it has some. */
  drawShell(block, env) {
    const [node] = this.#nodesOf(block, env);
    const [old] = this.#old;
    const host = old?.nodeName === node.nodeName && this.#places.get(old) === block.place && piecesOf(old);
    if (!host) return this.#kept(node, block) ?? this.#placed(node, block);
    this.#old.splice(0, 1, ...host.children);
    reviseAttributes(old, node);
    return old;
  }

  /** What is drawn from now on takes the place of these nodes, which were drawn last, until `endRevision`. */
  beginRevision(nodes) {
    this.#old = nodes;
  }

  /** What has not come again goes. */
  endRevision() {
    for (const node of this.#old.splice(0)) node.remove();
    this.#parts.trim();
  }

  /** The node that is drawn again as this one, or null: then neither is any after it. */
  #kept(node, { place }, growing) {
    const [old] = this.#old;
    const isThere = old && (growing ? old.parentNode === growing.element : this.#places.get(old) === place);
    if (isThere && !node.matches(".footnote") && revised(old, node)) return this.#old.shift();
    this.endRevision();
    return null;
  }

  #placed(node, { place }, growing) {
    if (node.matches(".footnote")) this.#notes.place(node);
    else if (growing) growing.element.append(node);
    else {
      this.#parts.append(node, place, this.#notes.end);
      this.#places.set(node, place);
    }
    return node;
  }

  /** The same for what no further text changes. `source` is its markdown. */
  freeze(block, env, growing, source) {
    if (growing && !growing.loose && isLoose(block)) loosenItems(growing);
    const nodes = this.draw(block, env, growing);
    if (mayRefer(block)) this.#waiting.push({ source, nodes, growing });
    finishCode(nodes);
    return nodes;
  }

  /** Text that is not parsed again: its link references are kept. */
  keepReferences(text) {
    if (DEFINITION.test(text)) blocksOf(text, { references: this.#references });
  }

  /**
   * The text is all there: what was mentioned before it was defined is mended, as long as `mayGoOn()`; whether there is more to
   * do. `text` is what is not kept yet, `live` its nodes.
   */
  settle(live, text, mayGoOn) {
    this.keepReferences(text);
    const named = Object.values(this.#references);
    const addresses = new Set(named.map(({ href }) => href));
    if (named.length !== this.#named) this.#settled = 0;
    this.#named = named.length;
    for (; addresses.size > 0 && this.#settled < this.#waiting.length; this.#settled += 1) {
      if (!mayGoOn()) return true;
      const one = this.#waiting[this.#settled];
      if (one && this.#resolved(one, addresses)) this.#waiting[this.#settled] = null;
    }
    this.#waiting = this.#waiting.filter(Boolean);
    this.#settled = this.#named = 0;
    this.#notes.settle();
    finishCode(live);
    return false;
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
  #resolved({ source, nodes, growing }, addresses) {
    const env = this.environment();
    const blocks = blocksOf(source, env);
    if (!blocks.some((block) => refersBy(block, addresses))) return false;
    const mended = blocks.flatMap((block) => {
      if (growing?.loose) loosen(block);
      return this.#nodesOf(block, env, growing);
    });
    nodes[0].before(...mended);
    for (const node of nodes) node.remove();
    for (const node of mended) if (node.matches(".footnote")) this.#notes.place(node);
    finishCode(mended);
    return true;
  }
}

const texts = ({ tokens }) => tokens.flatMap(({ children }) => children ?? []);

/** Brackets that are still text may be links by a name that is defined later. */
const mayRefer = (block) => texts(block).some(({ type, content }) => type === "text" && content.includes("]"));

const refersBy = (block, addresses) => texts(block).some((token) => addresses.has(token.attrGet?.("href") ?? token.attrGet?.("src")));

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
