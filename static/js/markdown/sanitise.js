/** The last step of every rendering: HTML in, harmless DOM out. The only place of the site that reads HTML. */

import "../../vendor/dompurify-3.4.18/purify.min.mjs";

export const purifier = globalThis.DOMPurify;
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)/i;

/** DOMPurify reads every attribute as an address that it is not told to be none. */
export const attributes = (...names) => ({ ALLOWED_ATTR: names, ADD_URI_SAFE_ATTR: names.filter((name) => name !== "href") });

export const STRICT = { ALLOW_ARIA_ATTR: false, ALLOW_DATA_ATTR: false, ALLOWED_URI_REGEXP: SAFE_ADDRESS };

const PROSE = {
  ...STRICT,
  ALLOWED_TAGS: [
    "a", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input", "label", "li", "ol",
    "p", "pre", "s", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
  ],
  ...attributes("aria-level", "checked", "class", "data-markup", "data-note", "data-number", "dir", "disabled", "href", "start", "title", "type"),
  RETURN_DOM_FRAGMENT: true,
};

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
