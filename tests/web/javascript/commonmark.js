/** Every example of the CommonMark specification, by the parser of the page. Raw HTML is text here, by intention. */

import MarkdownIt from "/static/vendor/markdown-it-15.0.3/markdown-it.esm.min.mjs";
import { parser } from "/static/js/markdown/parser.js";
import { commonmark } from "./commonmark/examples.js";
import { equal, test, truthy } from "./harness.js";

/** What differs by intention: number of the example, why. */
const DIFFERENT = new Map([
  [218, "a line end less in an empty quote, which HTML does not see"],
  [239, "the same"],
  [240, "the same"],
  [602, "a bare address is a link, as in GFM"],
  [608, "the same"],
  [611, "the same"],
]);

const withHtml = new MarkdownIt("commonmark");
const withoutHtml = new MarkdownIt("commonmark", { html: false });

/** Our tokens as HTML by markdown-it's own renderer: what is compared is how a text is understood. */
function understood(markdown) {
  return withoutHtml.renderer.render(parser.parse(markdown, {}), withoutHtml.options, {});
}

const differences = commonmark.flatMap(({ markdown, html }, index) => {
  const expected = withHtml.render(markdown) === html ? withoutHtml.render(markdown) : html;
  return understood(markdown) === expected ? [] : [{ number: index + 1, markdown, expected, got: understood(markdown) }];
});

test("all examples are there", () => equal(commonmark.length, 652));

test("all but the named ones are understood as the specification says", () => {
  const unknown = differences.filter(({ number }) => !DIFFERENT.has(number));
  truthy(unknown.length === 0, JSON.stringify(unknown, null, 1));
});

test("at most ten differ, and those that are named do", () => {
  truthy(DIFFERENT.size <= 10);
  equal(differences.map(({ number }) => number), [...DIFFERENT.keys()]);
});

test("raw HTML is what changes the others", () => {
  const changed = commonmark.filter(({ markdown, html }) => withoutHtml.render(markdown) !== html);
  const others = changed.filter(({ markdown }) => !DIFFERENT.has(commonmark.findIndex((example) => example.markdown === markdown) + 1));
  truthy(others.length > 50 && others.every(({ html, markdown }) => markdown.includes("<") && withHtml.render(markdown) === html));
});
