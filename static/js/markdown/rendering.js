/** How tokens become HTML where the page wants it otherwise than markdown-it: classes for styles, links for images. */

const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)/i;
const ALIGNMENT = /^text-align:(left|center|right)$/;

export function rendering(parser) {
  const { rules } = parser.renderer;
  const { escapeHtml, unescapeAll } = parser.utils;

  /** A link to nowhere that is safe is text; its address can be read in its tooltip. */
  rules.link_open = (tokens, index, options, env, renderer) => {
    const token = tokens[index];
    const address = token.attrGet("href") ?? "";
    env.linked = SAFE_ADDRESS.test(address);
    if (env.linked) return renderer.renderToken(tokens, index, options);
    closing(tokens, index).hidden = true;
    return `<span class="link-unsafe" title="${escapeHtml(readable(address))}">`;
  };
  rules.link_close = (tokens, index, options, env) => {
    env.linked = false;
    return tokens[index].hidden ? "</span>" : "</a>";
  };

  /** In a link, as of a badge, an image is what it says: the link leads to the link's target. */
  rules.image = (tokens, index, options, env) => {
    const token = tokens[index];
    const address = token.attrGet("src") ?? "";
    const words = escapeHtml(wordsOf(token) || readable(address));
    if (env.linked) return words;
    if (!SAFE_ADDRESS.test(address)) return `<span class="link-unsafe" title="${escapeHtml(readable(address))}">${words}</span>`;
    return `<a class="image-link" href="${escapeHtml(address)}">${words}</a>`;
  };

  /** The first one of an answer, whatever its level, stands below that of its author, which is the page's second. */
  rules.heading_open = (tokens, index, options, env, renderer) => {
    const level = Number(tokens[index].tag[1]);
    env.headings.first ??= level;
    tokens[index].attrSet("aria-level", String(Math.max(level - env.headings.first, 0) + 3));
    return renderer.renderToken(tokens, index, options);
  };

  /** In a cell, which has no other way to a second line, `<br>` is a break as two spaces at the end of a line are elsewhere. */
  parser.core.ruler.after("inline", "cell_breaks", ({ tokens, Token }) => {
    for (const [index, { type }] of tokens.entries()) {
      if (!/^t[dh]_open$/.test(type)) continue;
      const cell = tokens[index + 1];
      cell.children = cell.children.flatMap((child) => (child.type === "text" ? broken(child, Token) : child));
    }
  });

  rules.table_open = () => '<div class="table" dir="auto"><table>';
  rules.table_close = () => "</table></div>";
  rules.th_open = rules.td_open = (tokens, index, options, env, renderer) => {
    const token = tokens[index];
    const side = ALIGNMENT.exec(token.attrGet("style") ?? "")?.[1];
    token.attrs = side ? [["class", `align-${side}`]] : null;
    return renderer.renderToken(tokens, index, options);
  };

  rules.fence = (tokens, index) => {
    const { info, content } = tokens[index];
    return codeBlock(unescapeAll(info).trim().split(/\s+/, 1)[0], content);
  };
  rules.code_block = (tokens, index) => codeBlock("", tokens[index].content);

  function codeBlock(language, content) {
    const name = `<span class="code__language">${escapeHtml(language.slice(0, 40))}</span>`;
    return `<div class="code"><div class="code__bar">${name}</div><pre><code>${escapeHtml(content)}</code></pre></div>`;
  }

  const readable = (address) => parser.normalizeLinkText(address).slice(0, 200);
}

/** The text in pieces with a break between each two. */
const broken = ({ content }, Token) =>
  content.split(/(<br\s*\/?>)/i).map((words, index) =>
    Object.assign(index % 2 ? new Token("hardbreak", "br", 0) : new Token("text", "", 0), { content: words }),
  );

/** An image's description without the marks in it. */
const wordsOf = ({ children, content, type }) => (children ? children.map(wordsOf).join("") : type.endsWith("break") ? "\n" : content);

function closing(tokens, index) {
  const { level } = tokens[index];
  return tokens.slice(index).find((token) => token.type === "link_close" && token.level === level);
}
