/** Every example of the CommonMark specification as the view draws it: the structure, the text and the addresses of the specification. */

import "/static/vendor/markdown-it-15.0.3/markdown-it.umd.min.js";
import { parser } from "/static/js/markdown/parser.js";
import { MarkdownView } from "/static/js/markdown/view.js";
import { commonmark } from "./commonmark/examples.js";
import { equal, test, truthy } from "./harness.js";
import "./untimed.js";

/**
 * What is drawn otherwise than the specification says, by intention (docs/decisions/0017). The comparison takes it into account on both
 * sides, so the examples of each kind are named.
 */

/** Raw HTML is text. */
const RAW_HTML = "21 31 148-191 201 308-309 344 475-477 491 494 524 536 613-617 623 625-631 642-643";
/** An image is the link to it: nothing is fetched that the reader has not asked for. */
const IMAGES = "517 520 531 572-589 591";
/** An address that is none of the web is named, and leads nowhere. */
const PLACES =
  "22-23 32-33 192-196 198 200 202-206 214-218 404 419 422 433 473-474 482-487 489 492 495-496 498-507 " +
  "509-510 512 514-516 518-519 521-522 527-530 532-535 539-544 549-550 553-562 564-571 593 596 598-599 601";

/** What differs besides: number of the example, why. */
const DIFFERENT = new Map([
  [581, "an image without a description is told by its address"],
  [602, "a bare address is a link, as in GFM"],
  [608, "the same"],
  [611, "the same"],
]);

const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)/i;
const AROUND_BLOCKS = /\s*(<\/?(?:p|h\d|ul|ol|li|blockquote|pre|hr|br|body)(?: [^>]*)?>)\s*/g;
const withHtml = new globalThis.markdownit("commonmark");
const withoutHtml = new globalThis.markdownit("commonmark", { html: false });

/** "1-3 7" are 1, 2, 3 and 7. */
const numbers = (text) =>
  text.split(" ").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** A tree in one line, without the bars of code blocks; an image is the link that it is drawn as. */
function plain(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    return node.parentElement?.closest("pre") ? escaped(node.data).replaceAll("\n", "↵").replaceAll(" ", "␣") : escaped(node.data).replace(/\s+/g, " ");
  }
  if (node.matches?.(".code__bar")) return "";
  const inner = [...node.childNodes].map(plain).join("");
  const tag = node.tagName?.toLowerCase();
  if (tag === "img") return linked(node.getAttribute("src"), "", escaped(node.alt));
  if (tag === "a") return linked(node.getAttribute("href"), node.title, inner);
  if (node.matches?.(".link-unsafe")) return `<to ${escaped(node.title)}>${inner}</to>`;
  if (!tag || ["div", "span"].includes(tag)) return inner;
  return `<${tag}${node.hasAttribute("start") ? ` ${node.start}` : ""}>${inner}</${tag}>`;
}

/** A place that is none of the web is named, and not linked to. */
function linked(address, title, inner) {
  if (!SAFE_ADDRESS.test(address)) return `<to ${escaped(parser.normalizeLinkText(address))}>${inner}</to>`;
  return `<a ${escaped(address)} ${escaped(title)}>${inner}</a>`;
}

const line = (root) => plain(root).replace(AROUND_BLOCKS, "$1").trim();

/** The specification's HTML; raw HTML in it is text. No link may be lost on the way into the document, whatever it leads to. */
function meant({ markdown, html }) {
  const source = withHtml.render(markdown) === html ? withoutHtml.render(markdown) : html;
  return line(treeOf(source));
}

const treeOf = (html) => globalThis.DOMPurify.sanitize(html, { RETURN_DOM_FRAGMENT: true, ALLOWED_URI_REGEXP: /^/, ADD_URI_SAFE_ATTR: ["href", "src"] });

function drawn({ markdown }) {
  const container = document.createElement("div");
  new MarkdownView(container).finish(markdown);
  return line(container);
}

const differences = commonmark.flatMap((example, index) => {
  const [got, expected] = [drawn(example), meant(example)];
  return got === expected ? [] : [{ number: index + 1, markdown: example.markdown, expected, got }];
});

test("all but the named ones are drawn as the specification says", () => {
  const unknown = differences.filter(({ number }) => !DIFFERENT.has(number));
  truthy(unknown.length === 0, `${unknown.length} ${JSON.stringify(unknown, null, 1)}`);
});

test("at most ten differ, and those that are named do", () => {
  truthy(DIFFERENT.size <= 10);
  equal(differences.map(({ number }) => number), [...DIFFERENT.keys()]);
});

test("the comparison is not blind", () => {
  const broken = drawn({ markdown: "- a\n\n- [b](https://example.org/ \"t\")" });
  equal(broken, '<ul><li><p>a</p></li><li><p><a https://example.org/ t>b</a></p></li></ul>');
  truthy(broken !== meant({ markdown: "", html: "<ul>\n<li>a</li>\n<li><a href=\"https://example.org/\">b</a></li>\n</ul>\n" }));
});

test("all examples are there", () => equal(commonmark.length, 652));

test("raw HTML, images and places that are none of the web are what is meant otherwise than the specification says", () => {
  const kindOf = ({ markdown, html }) => {
    if (withHtml.render(markdown) === html && withoutHtml.render(markdown) !== html) return "raw HTML";
    const tree = treeOf(html);
    if (tree.querySelector("img")) return "image";
    return [...tree.querySelectorAll("a")].some((link) => !SAFE_ADDRESS.test(link.getAttribute("href"))) ? "place" : null;
  };
  const kinds = commonmark.map(kindOf);
  const numbersOf = (kind) => kinds.flatMap((one, index) => (one === kind ? [index + 1] : []));
  equal([numbersOf("raw HTML"), numbersOf("image"), numbersOf("place")], [RAW_HTML, IMAGES, PLACES].map(numbers));
  truthy(numbersOf("raw HTML").every((number) => commonmark[number - 1].markdown.includes("<")));
});
