/**
 * Footnotes: `[^name]` refers, `[^name]: text` at the beginning of a line defines, with further paragraphs indented.
 *
 * A definition stays a block of its own; the view puts it where the notes are. `env.notes.numberOf(name)` gives numbers.
 */

const DEFINITION = /^\[\^([^\s\]^[]{1,100})\]:[ \t]*/;
const REFERENCE = /\[\^([^\s\]^[]{1,100})\]/y;
const INDENT = 4;

export function footnotes(parser) {
  const { escapeHtml } = parser.utils;
  parser.block.ruler.before("reference", "footnote", definition, { alt: ["paragraph", "reference", "blockquote"] });
  parser.inline.ruler.before("link", "footnote_reference", reference);
  const attributes = (name, env) => `data-note="${escapeHtml(name)}" data-number="${env.notes?.numberOf(name) ?? ""}"`;
  parser.renderer.rules.footnote_open = (tokens, index, options, env) => `<li class="footnote" dir="auto" ${attributes(tokens[index].meta.name, env)}>`;
  parser.renderer.rules.footnote_close = () => "</li>";
  parser.renderer.rules.footnote_reference = (tokens, index, options, env) => {
    const { name } = tokens[index].meta;
    return `<sup class="footnote-reference"><a ${attributes(name, env)}>${env.notes?.numberOf(name) ?? escapeHtml(name)}</a></sup>`;
  };
}

/** It stands in no other block, and ends those above it: also a definition, whose paragraph asks from inside of it. */
function definition(state, line, endLine, silent) {
  if (state.sCount[line] >= 4 || (state.level > 0 && !(silent && state.sCount[line] < state.blkIndent))) return false;
  const begin = state.bMarks[line] + state.tShift[line];
  const found = DEFINITION.exec(state.src.slice(begin, Math.min(state.eMarks[line], begin + 200)));
  if (!found) return false;
  if (silent) return true;
  const open = state.push("footnote_open", "div", 1);
  open.meta = { name: found[1] };
  open.map = [line, line];
  inside(state, line, found[0].length, () => state.md.block.tokenize(state, line, endLine));
  open.map[1] = state.line;
  state.push("footnote_close", "div", -1);
  return true;
}

/** Runs `read` as if the definition's mark were not there and what follows had to be indented. */
function inside(state, line, mark, read) {
  const { blkIndent, parentType, bMarks, tShift, sCount } = state;
  const saved = [bMarks[line], tShift[line], sCount[line]];
  bMarks[line] += tShift[line] + mark;
  tShift[line] = 0;
  sCount[line] = blkIndent + INDENT;
  state.blkIndent = blkIndent + INDENT;
  state.parentType = "footnote";
  read();
  state.parentType = parentType;
  state.blkIndent = blkIndent;
  [bMarks[line], tShift[line], sCount[line]] = saved;
}

function reference(state, silent) {
  REFERENCE.lastIndex = state.pos;
  const found = state.src[state.pos] === "[" && REFERENCE.exec(state.src);
  if (!found || state.pos + found[0].length > state.posMax) return false;
  if (!silent) state.push("footnote_reference", "", 0).meta = { name: found[1] };
  state.pos += found[0].length;
  return true;
}
