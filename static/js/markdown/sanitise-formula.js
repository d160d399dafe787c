/** The last step of every formula: MathML in, harmless MathML out. No other element may have a style. */

import { attributes, purifier, STRICT } from "./sanitise.js";

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

/** The same `math` element, without whatever is not plain MathML. */
export function sanitiseFormula(element) {
  return purifier.sanitize(element, FORMULA);
}
