/** What a model may write that must never run, load or leave its place. */

import { MarkdownView } from "/static/js/markdown/view.js";
import { sanitise } from "/static/js/markdown/sanitise.js";
import { equal, test, truthy } from "./harness.js";

globalThis.harm = () => (globalThis.harmed = true);

const MARKDOWN = [
  "<script>harm()</script>", "<img src=x onerror=harm()>", "<svg onload=harm()>", "<iframe srcdoc='<script>parent.harm()</script>'>",
  "[x](javascript:harm())", "[x](JaVaScRiPt:harm())", "[x](java&#115;cript:harm())", "[x](&#x6A;avascript:harm())", "[x](data:text/html,<script>harm()</script>)",
  "[x](vbscript:harm())", "<javascript:harm()>", "![x](javascript:harm())", "![x](https://evil.example/pixel.png)", "![x][r]\n\n[r]: https://evil.example/ref.png",
  '[x](https://example.org" onclick="harm())', '[x](https://example.org/"onmouseover="harm())', "[x](<https://example.org/\" onclick=harm()>)", '[x](https://example.org "t\\" onclick=\\"harm()")',
  "```\"><img/src=x onerror=harm()>\ncode\n```", "```<script>harm()</script>\n</code></pre><script>harm()</script>\n```", "`<img src=x onerror=harm()>`",
  "|<img src=x onerror=harm()>|\n|-|\n|<script>harm()</script>|", "<math><mtext><table><mglyph><style><img src=x onerror=harm()>", "<form action=javascript:harm()><button>x</button></form>",
  "<a href=javascript:harm()>x</a>", "<style>@import 'https://evil.example/'</style>", "<base href=https://evil.example/>", "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "[x](file:///etc/passwd)", "[x](//evil.example/)", "[x](blob:https://example.org/1)", "[x](\u0001javascript:harm())", "[x](java\tscript:harm())", "<details open ontoggle=harm()>", "<x onclick=harm()>",
];

const HTML = [
  "<img src=x onerror=harm()>", "<a href='javascript:harm()'>x</a>", "<p style='background:url(https://evil.example/)'>x</p>", "<p id=page-data name=x onclick=harm()>x</p>",
  "<svg><script>harm()</script></svg>", "<svg><a xlink:href='javascript:harm()'><text>x</text></a></svg>", "<math href='javascript:harm()'>x</math>", "<form><input name=attributes></form>",
  "<noscript><p title='</noscript><img src=x onerror=harm()>'>", "<table background=https://evil.example/><tr><td>x</td></tr></table>", "<video src=https://evil.example/ autoplay></video>",
  "<link rel=stylesheet href=https://evil.example/>", "<template><script>harm()</script></template>", "<scripta-composer></scripta-composer>", "<a href=' javascript:harm()'>x</a>",
];

const ELEMENTS = "A BLOCKQUOTE BR CODE DEL DIV EM H1 H2 H3 H4 H5 H6 HR LI OL P PRE S SPAN STRONG TABLE TBODY TD TH THEAD TR UL".split(" ");
const ATTRIBUTES = ["class", "href", "start", "title", "target", "rel"];

function examine(root) {
  for (const node of root.querySelectorAll("*")) {
    truthy(ELEMENTS.includes(node.tagName), `the element ${node.tagName}`);
    for (const { name, value } of node.attributes) {
      truthy(ATTRIBUTES.includes(name), `the attribute ${name}`);
      if (name === "href") truthy(/^(https?:\/\/|mailto:)/.test(value), `the address ${value}`);
    }
  }
}

async function shown(fill) {
  const place = document.createElement("div");
  document.body.append(place);
  fill(place);
  examine(place);
  for (const node of place.querySelectorAll("*")) node.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  await new Promise((resolve) => requestAnimationFrame(resolve));
  place.remove();
  equal(globalThis.harmed, undefined);
}

for (const text of MARKDOWN) {
  test(`markdown ${text}`, () => shown((place) => new MarkdownView(place).update(text)));
  test(`markdown in pieces ${text}`, () =>
    shown((place) => {
      const view = new MarkdownView(place);
      for (let end = 1; end <= text.length; end += 1) {
        view.update(text.slice(0, end));
        examine(place);
      }
      view.finish();
    }));
}

for (const html of HTML) test(`html ${html}`, () => shown((place) => place.append(sanitise(html))));

