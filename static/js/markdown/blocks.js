/** Splits markdown into its top-level blocks: the unit that is rendered, and once finished never rendered again. */

import { parser } from "./parser.js";

/**
 * The blocks of `text`: [{tokens, start, line}], `start` in code units, `line` counted from 0. `env` gives the link
 * references known so far, and takes those of the text.
 */
export function blocksOf(text, env) {
  const offsets = lineOffsets(text);
  const blocks = [];
  for (const token of parser.parse(text, env)) {
    if (token.level === 0 && token.nesting >= 0) {
      const [line, endLine] = token.map;
      blocks.push({ tokens: [], start: offsets[line], line, endLine });
    }
    blocks.at(-1).tokens.push(token);
  }
  return blocks;
}

/** How many of the blocks no further text can change: all before the last one whose first line is complete. */
export function finishedCount(text, blocks) {
  for (let index = blocks.length - 1; index > 0; index -= 1) {
    if (text.indexOf("\n", blocks[index].start) >= 0) return index;
  }
  return 0;
}

export function htmlOf(block, env) {
  return parser.renderer.render(block.tokens, parser.options, env);
}

function lineOffsets(text) {
  const offsets = [0];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) offsets.push(index + 1);
  return offsets;
}
