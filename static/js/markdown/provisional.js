/**
 * Markdown that is still being written, drawn as what it is about to be, so that nothing flickers when the rest comes.
 *
 * `env.growing` says that the text is being written. What is half-open in its last line is closed: emphasis, code and links
 * by rules of the parser, so that they agree with it on what is open; a beginning list, heading or table before it parses.
 */

/** Half-written code, addresses or heads of tables longer than this many characters are none: looking for an end at every mark has a cost. */
const LONGEST = 1000;

/**
 * A last line of nothing but marks: too early to say what it will be. Of this and the patterns below no two neighbouring parts
 * take the same character, and lines are read one by one: their cost is linear in the line, whatever a model writes.
 */
const MARKS = /^(?:\[\^[^\s\]^[]{0,100}(?:\]:|\]?$))?[ \t>]*(?:(?:(?:[-*+]|\d{1,9}[.)]?)[ \t]*)?\[[ xX]?\]?|[-*+]|\d{1,9}[.)]?|#{1,6}|[-=*_~`+|:$\\][-=*_~`+|:$\\ \t]*)?$/;
const HALF_REFERENCE = /\[\^[^\s\]^[]{0,100}$/;
const HALF_BREAK = /<(?:br? ?\/?)?$/i;
const CLOSABLE = "*_~`[!$";
const TABLE_HEAD = /^[ \t]{0,3}\|[| \t]*[^| \t]/;
const TABLE_RULE = /^[ \t]*[|:-][ \t|:-]*$/;

/** The text without the marks at its end, and with the line that makes a table of what looks like a table's head. */
export function healed(text) {
  const line = text.lastIndexOf("\n") + 1;
  const begun = MARKS.test(text.slice(line).trim()) ? text.slice(0, line) : withoutMarks(text);
  const head = tableHead(begun.endsWith("\n") ? begun.slice(0, -1) : begun);
  if (!head) return begun;
  const columns = head.words.replace(/\\\|/g, "").trim().replace(/^\||\|$/g, "").split("|").length;
  return `${begun.slice(0, head.end)}\n${"|-".repeat(columns)}|`;
}

function withoutMarks(text) {
  if (text.endsWith("\\")) return text.slice(0, -1);
  const words = text.replace(HALF_REFERENCE, "").replace(HALF_BREAK, "");
  let end = words.length;
  while (end > 0 && CLOSABLE.includes(words[end - 1])) end -= 1;
  return words.slice(0, end);
}

/** {words, end} of the line that is a table's head, where that is the last one or has only its rule below it; null else. */
function tableHead(text) {
  const last = lineBefore(text, text.length);
  const above = last.begin > 0 && TABLE_RULE.test(last.words) ? lineBefore(text, last.begin - 1) : null;
  return [above, last].find((line) => line && mayBeHead(text, line)) ?? null;
}

function lineBefore(text, end) {
  const begin = end === 0 ? 0 : text.lastIndexOf("\n", end - 1) + 1;
  return { begin, end, words: text.slice(begin, end) };
}

/** A head begins its block: nothing or an empty line stands above it. */
function mayBeHead(text, { begin, words }) {
  if (words.length > LONGEST || !TABLE_HEAD.test(words)) return false;
  return begin === 0 || lineBefore(text, begin - 1).words.trim() === "";
}

export function provisional(parser) {
  parser.core.ruler.at("inline", parseInline);
  parser.inline.ruler.before("backticks", "provisional_code", code);
  parser.inline.ruler.after("image", "provisional_link", link);
  parser.inline.ruler2.after("balance_pairs", "provisional_emphasis", emphasis);
}

/** markdown-it's own rule, which also tells the last text of the document that it is not finished. */
function parseInline({ tokens, env, md }) {
  const last = env.growing ? tokens.findLast(({ type, content }) => type === "inline" && content !== "") : null;
  for (const token of tokens) {
    if (token.type !== "inline") continue;
    env.unfinished = token === last;
    md.inline.parse(token.content, md, env, token.children);
  }
  env.unfinished = false;
}

function code(state, silent) {
  if (!state.env.unfinished || state.src[state.pos] !== "`" || state.posMax - state.pos > LONGEST) return false;
  const [marks] = state.src.slice(state.pos, state.posMax).match(/^`+/);
  const content = state.src.slice(state.pos + marks.length, state.posMax).replaceAll("\n", " ");
  if (content.trim() === "" || content.match(/`+/g)?.includes(marks)) return false;
  if (!silent) Object.assign(state.push("code_inline", "code", 0), { markup: marks, content });
  state.pos = state.posMax;
  return true;
}

/** `[words` and `[words](addr` are the words until the rest is there. */
function link(state, silent) {
  const { src, pos, posMax, env, md } = state;
  if (!env.unfinished || posMax - pos > LONGEST) return false;
  const bracket = src[pos] === "!" && src[pos + 1] === "[" ? pos + 1 : pos;
  if (src[bracket] !== "[") return false;
  const end = md.helpers.parseLinkLabel(state, bracket);
  if (end >= 0 && !(end + 1 === posMax || (src[end + 1] === "(" && !src.slice(end, posMax).includes(")")))) return false;
  state.pos = bracket + 1;
  if (end < 0 || silent) return true;
  state.posMax = end;
  state.level += 1;
  md.inline.tokenize(state);
  state.level -= 1;
  state.pos = state.posMax = posMax;
  return true;
}

/** Gives every opening delimiter that is still alone a closing one at the end, the innermost first. */
function emphasis(state) {
  if (!state.env.unfinished) return;
  const { delimiters } = state;
  for (let index = delimiters.length - 1; index >= 0; index -= 1) {
    const delimiter = delimiters[index];
    if (!delimiter.open || delimiter.end >= 0) continue;
    state.push("text", "", 0).content = String.fromCharCode(delimiter.marker);
    delimiter.end = delimiters.length;
    delimiters.push({ ...delimiter, token: state.tokens.length - 1, end: -1, open: false, close: true });
  }
}
