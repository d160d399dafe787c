/** The last step of every rendering: HTML in, harmless DOM out. The only place of the site that reads HTML. */

import "../../vendor/dompurify-3.4.18/purify.min.mjs";

const purifier = globalThis.DOMPurify;

const CONFIGURATION = {
  ALLOWED_TAGS: [
    "a", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
  ],
  ALLOWED_ATTR: ["class", "href", "start", "title"],
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:)/i,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName !== "A") return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer nofollow");
});

/** A fragment of the allowed elements; whatever else was in `html` is gone. */
export function sanitise(html) {
  return purifier.sanitize(html, CONFIGURATION);
}
