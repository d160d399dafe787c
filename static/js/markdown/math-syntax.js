/**
 * Math: `$...$` and `\(...\)` in a line; `$$...$$` and `\[...\]` displayed. Its tokens hold TeX; who draws it comes later.
 *
 * `$` follows pandoc: no digit after the closing one, and no blank inside at either end unless it is TeX for sure; and a sum of
 * money stays one.
 */

export const MATH_LIMIT = 10_000; // characters

/** Characters of scripts that put no blanks between words: east of Burma, and Korean, whose endings follow without one. */
export const UNSPACED = /[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ufaff\ufe10-\ufe6f\uff00-\uffef\u{20000}-\u{3ffff}]/u;

const MONEY = new RegExp(`^\\d[\\d.,]*(?:[\\s,;:.–-]+(?!\\d)\\p{L}|${UNSPACED.source}|[\\s–-]*$)`, "u");
const MEANT = /[\p{L}\p{N}]/u;
const TEX = /[\\^_={}+]/;
const SURE = /\\[a-z]|\^/i;
const PROSE = new RegExp(`\\p{L}{3}|(?:\\p{L}{2}|\\d)\\s+\\p{L}|[€£¥]|${UNSPACED.source}`, "u");
const DISPLAYS = { "$$": "$$", "\\[": "\\]" };

export function math(parser) {
  parser.block.ruler.before("fence", "math_block", mathBlock, { alt: ["paragraph", "reference", "blockquote", "list"] });
  parser.inline.ruler.before("escape", "math_inline", mathInline);
  for (const type of ["math_block", "math_inline"]) {
    parser.renderer.rules[type] = (tokens, index) => {
      const { content, markup, meta } = tokens[index];
      const classes = `math${meta.display ? " math--display" : ""}${meta.open ? " math--open" : ""}`;
      const tag = type === "math_block" ? "div" : "span";
      return `<${tag} class="${classes}" data-markup="${markup}">${parser.utils.escapeHtml(content)}</${tag}>`;
    };
  }
}

function mathBlock(state, line, endLine, silent) {
  const begin = state.bMarks[line] + state.tShift[line];
  const opener = state.src.slice(begin, begin + 2);
  const closer = DISPLAYS[opener];
  if (!closer || begin === state.overlong || state.sCount[line] - state.blkIndent >= 4) return false;
  const end = nextIndex(state, closer, begin + 2);
  const open = end < 0;
  if (open && !(state.env.provisional && state.level === 0)) return false;
  const length = (open ? state.src.length : end) - begin;
  if (length > MATH_LIMIT) state.overlong = end; // what closes it begins no other
  if (length > MATH_LIMIT || (!open && !MEANT.test(state.src.slice(begin + 2, end)))) return false;
  const next = open ? endLine : lineAfter(state, line, endLine, end);
  if (next < 0 || (!open && state.src.slice(end + 2, state.eMarks[next - 1]).trim() !== "")) return false;
  if (silent) return true;
  const text = state.getLines(line, next, state.blkIndent, false).trim();
  const content = text.slice(2, open ? undefined : -2).trim();
  state.line = next;
  push(state, "math_block", { content, markup: opener, open, display: true }).map = [line, next];
  return true;
}

/** The line after the one with `index` in it, or -1 where the block that `line` stands in ends before. */
function lineAfter(state, line, endLine, index) {
  let next = line;
  while (next < endLine && state.eMarks[next] < index) {
    next += 1;
    if (next < endLine && state.sCount[next] < state.blkIndent && !state.isEmpty(next)) return -1;
  }
  return next < endLine ? next + 1 : -1;
}

function mathInline(state, silent) {
  const { src, pos, posMax } = state;
  const first = src[pos];
  if (first !== "$" && first !== "\\") return false;
  const two = src.slice(pos, pos + 2);
  const opener = two in DISPLAYS || two === "\\(" ? two : first;
  if (opener === "\\") return false;
  const closer = { "$": "$", "\\(": "\\)", ...DISPLAYS }[opener];
  const begin = pos + opener.length;
  if (opener === "$" && !mayOpen(src, pos)) return false;
  const end = closingIndex(state, begin, closer);
  if (end < 0 && !isOpen(state, src.slice(begin, posMax))) return false;
  const content = src.slice(begin, end < 0 ? posMax : end);
  if (!MEANT.test(content) || content.length > MATH_LIMIT || /\n[ \t]*\n/.test(content)) return false;
  if (opener === "$" && end >= 0 && /^\s|\s$/.test(content) && !isSure(src, pos, end)) return false;
  if (opener === "$" && MONEY.test(content) && !TEX.test(content) && !/^\d[\d.,]*$/.test(content)) return false;
  if (!silent) push(state, "math_inline", { content: content.trim(), markup: opener, open: end < 0, display: opener in DISPLAYS });
  state.pos = end < 0 ? posMax : end + closer.length;
  return true;
}

/** Half-written math that can hardly be anything else. */
const isOpen = ({ env }, rest) => env.unfinished && (/^\s/.test(rest) ? SURE : TEX).test(rest) && !rest.includes("\n");

const mayOpen = (src, pos) => /[^\n$]/.test(src[pos + 1] ?? "\n") && !isWord(src[pos - 1]);

const isWord = (character = " ") => MEANT.test(character) && !UNSPACED.test(character);

/** Whether what stands between these two dollars, with a blank at its end, is neither words nor between two sums. */
function isSure(src, begin, end) {
  const content = src.slice(begin + 1, end);
  if (/\d\s?$/.test(src.slice(Math.max(begin - 2, 0), begin)) || /^\s?\d/.test(src.slice(end + 1, end + 3)) || isWord(src[end + 1])) return false;
  return SURE.test(content) || (TEX.test(content) && !PROSE.test(content));
}

/** Where the closer stands that fits, or -1. Between `$` and `$` stands neither a third one nor the mark of code. */
function closingIndex(state, begin, closer) {
  const { src, posMax } = state;
  if (closer !== "$") {
    let end = nextIndex(state, closer, begin);
    while (end >= 0 && src[end - 1] === "\\" && src[end - 2] !== "\\") end = nextIndex(state, closer, end + 1);
    return end > begin && end + 2 <= posMax ? end : -1;
  }
  for (let index = begin; index < Math.min(posMax, begin + MATH_LIMIT + 1); index += 1) {
    if (src[index] === "$") return mayClose(src, begin, index) ? index : -1;
    if (src[index] === "`") return -1;
    if (src[index] === "\\") index += 1;
  }
  return -1;
}

/** Where `closer` comes next. What is not there is looked for once, not again from every place where math could begin. */
function nextIndex(state, closer, from) {
  state.missing ??= new Set();
  const index = state.missing.has(closer) ? -1 : state.src.indexOf(closer, from);
  if (index < 0) state.missing.add(closer);
  return index;
}

const mayClose = (src, begin, index) => index > begin && src[index - 1] !== "\n" && !/[\p{N}$]/u.test(src[index + 1] ?? " ");

function push(state, type, { content, markup, ...meta }) {
  const token = state.push(type, "math", 0);
  return Object.assign(token, { content, markup, meta, block: type === "math_block" });
}
