/** Markdown as answers are written in it. Raw HTML stays text, images become links, alignment becomes classes. */

import MarkdownIt from "../../vendor/markdown-it-15.0.3/markdown-it.esm.min.mjs";

const ALLOWED_ADDRESS = /^(?:https?:\/\/|mailto:)/i;
const ALIGNMENT = /^text-align:(left|center|right)$/;

export const parser = new MarkdownIt({ html: false, linkify: true });

/** Bare domains are mostly file names in answers: `main.py`, `README.md`. */
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
parser.validateLink = (address) => ALLOWED_ADDRESS.test(address.trim());

const { rules } = parser.renderer;

rules.image = (tokens, index) => {
  const token = tokens[index];
  const words = token.content || token.attrGet("src");
  return `<a class="image-link" href="${escapeHtml(token.attrGet("src"))}">${escapeHtml(words)}</a>`;
};

rules.table_open = () => '<div class="table"><table>';
rules.table_close = () => "</table></div>";
rules.th_open = rules.td_open = (tokens, index, options, env, renderer) => {
  const token = tokens[index];
  const side = ALIGNMENT.exec(token.attrGet("style") ?? "")?.[1];
  token.attrs = side ? [["class", `align-${side}`]] : null;
  return renderer.renderToken(tokens, index, options);
};

rules.fence = (tokens, index) => {
  const { info, content } = tokens[index];
  return codeBlock(parser.utils.unescapeAll(info).trim().split(/\s+/, 1)[0], content);
};
rules.code_block = (tokens, index) => codeBlock("", tokens[index].content);

function codeBlock(language, content) {
  const name = `<span class="code__language">${escapeHtml(language.slice(0, 40))}</span>`;
  return `<div class="code"><div class="code__bar">${name}</div><pre><code>${escapeHtml(content)}</code></pre></div>`;
}

function escapeHtml(text) {
  return parser.utils.escapeHtml(text);
}
