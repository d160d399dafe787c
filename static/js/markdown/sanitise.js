/** The last step of every rendering: HTML in, harmless DOM out. The only place of the site that reads HTML. */

import "../../vendor/dompurify-3.4.18/purify.min.mjs";

const purifier = globalThis.DOMPurify;
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)/i;

/** DOMPurify reads every attribute as an address that it is not told to be none. */
const attributes = (...names) => ({ ALLOWED_ATTR: names, ADD_URI_SAFE_ATTR: names.filter((name) => name !== "href") });

const STRICT = { ALLOW_ARIA_ATTR: false, ALLOW_DATA_ATTR: false, ALLOWED_URI_REGEXP: SAFE_ADDRESS };

const PROSE = {
  ...STRICT,
  ALLOWED_TAGS: [
    "a", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input", "label", "li", "ol",
    "p", "pre", "s", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
  ],
  ...attributes("checked", "class", "data-markup", "data-note", "data-number", "dir", "disabled", "href", "start", "title", "type"),
  RETURN_DOM_FRAGMENT: true,
};

/** What Temml makes of TeX that it does not trust. No links, no actions, no foreign content, no annotations. */
const FORMULA = {
  ...STRICT,
  ALLOWED_TAGS: [
    "math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot",
    "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none",
  ],
  ...attributes(
    "accent", "accentunder", "class", "columnalign", "columnlines", "columnspacing", "columnspan", "depth", "display", "displaystyle",
    "fence", "form", "height", "largeop", "linethickness", "lspace", "mathcolor", "mathvariant", "maxsize", "minsize", "movablelimits",
    "notation", "rowlines", "rowspacing", "rowspan", "rspace", "scriptlevel", "separator", "side", "stretchy", "style", "symmetric", "voffset",
    "width",
  ),
  IN_PLACE: true,
};

const STYLE = /^(?:color|background-color|border(?:-[a-z]+)*|padding(?:-[a-z]+)*|margin(?:-[a-z]+)*|math-(?:depth|style|shift)|font-(?:size|weight|family|style)|display|width|height|text-align|vertical-align|white-space)$/;
const VALUE = /^(?!.*(?:url|image|element)\()[-\w\s.#%,()"]*$/i;

/** Whether a style only says how something looks, with values that load nothing. */
const isPlain = (style) =>
  style.split(";").every((declaration) => {
    const [name, value = ""] = declaration.split(":");
    return name.trim() === "" || (STYLE.test(name.trim()) && VALUE.test(value));
  });

purifier.addHook("uponSanitizeAttribute", (node, data) => {
  if (data.attrName === "style" && !isPlain(data.attrValue)) data.keepAttr = false;
});

purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "INPUT") {
    if (node.getAttribute("type") !== "checkbox") node.remove();
    else node.setAttribute("disabled", "");
  }
  if (node.tagName !== "A" || !node.hasAttribute("href")) return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer nofollow");
});

/** A fragment of the allowed elements; whatever else was in `html` is gone. */
export function sanitise(html) {
  return purifier.sanitize(html, PROSE);
}

/** The same `math` element, without whatever is not plain MathML. */
export function sanitiseFormula(element) {
  return purifier.sanitize(element, FORMULA);
}
