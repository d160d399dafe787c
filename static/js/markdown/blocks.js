/** Splits markdown into its top-level blocks, and lists and tables into their pieces: the units that are drawn once. */

import { parser } from "./parser.js";

/**
 * The blocks of `text`: [{type, markup, tokens, start}], `start` in code units. `env` gives the link references known so far,
 * and takes those of the text.
 */
export function blocksOf(text, env) {
  const offsets = lineOffsets(text);
  const blocks = [];
  for (const token of parser.parse(text, env)) {
    if (token.level === 0 && token.nesting >= 0) {
      blocks.push({ type: token.type, markup: token.markup, tokens: [], start: offsets[token.map[0]], offsets });
    }
    token.block = false; // no line ends between elements: how a text was cut must not show in its DOM
    blocks.at(-1).tokens.push(token);
  }
  return blocks;
}

/** How many of the blocks no further text can change: all before the last one whose first line is complete; where `text` is cut, below an empty line. */
export function finishedCount(text, blocks, isCut) {
  if (isCut && /\n[ \t]*\n$/.test(text.slice(0, blocks.at(-1)?.start ?? 0))) return blocks.length - 1;
  return lastComplete(text, blocks.map(({ start }) => start));
}

/**
 * A list or table in two: the items or rows that no further text can change, and the rest, which begins at `begin`; null where
 * nothing can be parted. `shell` is it without any, `prefix` what makes rows a table: its head.
 */
export function parted(text, block) {
  const piece = { bullet_list_open: "list_item_open", ordered_list_open: "list_item_open", table_open: "tr_open" }[block?.type];
  if (!piece) return null;
  const { tokens, offsets } = block;
  const isTable = block.type === "table_open";
  const body = isTable ? tokens.findIndex(({ type }) => type === "tbody_open") : 0;
  const level = isTable ? 2 : 1;
  const places = tokens.flatMap((token, index) => (index > body && token.type === piece && token.level === level ? [index] : []));
  const starts = places.map((index) => offsets[tokens[index].map[0]]);
  const count = body < 0 ? 0 : lastComplete(text, starts);
  if (count === 0) return null;
  const opening = tokens.slice(0, places[0]);
  const closing = tokens.slice(isTable ? -2 : -1);
  return {
    begin: starts[count],
    prefix: isTable ? text.slice(block.start, starts[0]) : "",
    shell: { ...block, tokens: [...opening, ...closing] },
    done: { ...block, tokens: [...tokens.slice(0, places[count]), ...closing] },
    rest: { ...block, tokens: [...opening, ...tokens.slice(places[count])] },
  };
}

/** Whether paragraphs of a list's items are set apart. */
export const isLoose = ({ tokens }) => tokens.some(({ type, level, hidden }) => type === "paragraph_open" && level === 2 && !hidden);

/** Sets the paragraphs of a list's items apart. */
export function loosen({ tokens }) {
  for (const token of tokens) if (token.level === 2 && token.type.startsWith("paragraph_")) token.hidden = false;
}

/** Each block runs in the direction of its own first letter; what is inside of it runs along. */
export function htmlOf({ tokens }, env) {
  if (tokens[0].tag) tokens[0].attrSet("dir", "auto");
  return parser.renderer.render(tokens, parser.options, env);
}

function lastComplete(text, starts) {
  for (let index = starts.length - 1; index > 0; index -= 1) {
    if (text.indexOf("\n", starts[index]) >= 0) return index;
  }
  return 0;
}

function lineOffsets(text) {
  const offsets = [0];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) offsets.push(index + 1);
  return offsets;
}
