/** What a model may write that must never run, load or leave its place. */

import { MarkdownView } from "/static/js/markdown/view.js";
import { sanitise, sanitiseFormula } from "/static/js/markdown/sanitise.js";
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

const FORMULAS = [
  "$\\href{javascript:harm()}{x}$", "$\\url{javascript:harm()}$", "$\\includegraphics{https://evil.example/x.png}$", "$\\class{evil}{x}$", "$\\id{page-data}{x}$",
  "$\\style{background:url(https://evil.example/)}{x}$", "$\\data{onclick=harm()}{x}$", "$\\text{<img src=x onerror=harm()>}$", "$\\color{red;background:url(https://evil.example/)}{x}$",
  "$$\n\\def\\a{\\a\\a}\\a\n$$", "$\\rule{9999em}{9999em}$", "$\\unicode{<script>harm()</script>}$", "\\(\\html{<img src=x onerror=harm()>}\\)", "\\[\n\\begin{matrix}\\href{javascript:harm()}{a}\\end{matrix}\n\\]",
  "$\\htmlClass{x}{<b>}$", "$\\colorbox{url(https://evil.example/)}{x}$", "$</math><img src=x onerror=harm()>$", "$\\mathchoice{a}{b}{c}{d}$",
];

const OTHERS = [
  "[^<img src=x onerror=harm()>]: note", '[^"onclick=harm()]\n\n[^"onclick=harm()]: note', "[^__proto__]\n\n[^__proto__]: [x](javascript:harm())", "- [x] <img src=x onerror=harm()>", "- [ ] [x](javascript:harm())",
  "|a|\n|:-:|\n|<img src=x onerror=harm()>|", "[__proto__]\n\n[__proto__]: javascript:harm()", "[constructor][hasOwnProperty]", "```js\n</span><img src=x onerror=harm()>\n```", "```html\n<script>harm()</script><img src=x onerror=harm()>\n```",
];

const HTML = [
  "<img src=x onerror=harm()>", "<a href='javascript:harm()'>x</a>", "<p style='background:url(https://evil.example/)'>x</p>", "<p id=page-data name=x onclick=harm()>x</p>",
  "<svg><script>harm()</script></svg>", "<svg><a xlink:href='javascript:harm()'><text>x</text></a></svg>", "<math href='javascript:harm()'>x</math>", "<form><input name=attributes></form>",
  "<noscript><p title='</noscript><img src=x onerror=harm()>'>", "<table background=https://evil.example/><tr><td>x</td></tr></table>", "<video src=https://evil.example/ autoplay></video>",
  "<link rel=stylesheet href=https://evil.example/>", "<template><script>harm()</script></template>", "<scripta-composer></scripta-composer>", "<a href=' javascript:harm()'>x</a>",
];

/** Buttons and pictures of buttons are the page's own; formulas are MathML. */
const OWN = ".icon-button, .icon-button *";
const FORMULA = "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none".split(" ");
const ELEMENTS = "A BLOCKQUOTE BR CODE DEL DIV EM H1 H2 H3 H4 H5 H6 HR LI INPUT LABEL OL P PRE S SECTION SPAN STRONG SUP TABLE TBODY TD TH THEAD TR UL".split(" ");
const ATTRIBUTES = "aria-label checked class data-markup data-note data-number dir disabled href id rel role start tabindex target title type value".split(" ");
const OF_FORMULAS = /^(?!on|href|src|xlink|action)[a-z]+$/;

function examine(root) {
  for (const node of root.querySelectorAll("*")) {
    if (node.matches(OWN)) continue;
    const isFormula = node.namespaceURI === "http://www.w3.org/1998/Math/MathML";
    truthy((isFormula ? FORMULA : ELEMENTS).includes(node.tagName), `the element ${node.tagName}`);
    if (node.tagName === "INPUT") truthy(node.type === "checkbox" && node.disabled, "an input that can be used");
    for (const { name, value } of node.attributes) {
      truthy(isFormula ? OF_FORMULAS.test(name) : ATTRIBUTES.includes(name), `the attribute ${name}`);
      if (name === "style") truthy(!/url|expression|position|@/i.test(value), `the style ${value}`);
      if (name === "href") truthy(/^(https?:\/\/|mailto:|#note-)/.test(value), `the address ${value}`);
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
  examine(place);
  place.remove();
  equal(globalThis.harmed, undefined);
}

for (const text of [...MARKDOWN, ...FORMULAS, ...OTHERS]) {
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


test("what is dangerous in MathML is gone", () => {
  const math = document.createElementNS("http://www.w3.org/1998/Math/MathML", "math");
  for (const name of ["mi", "maction", "annotation-xml", "semantics", "a", "script"]) {
    const node = math.appendChild(document.createElementNS(math.namespaceURI, name));
    node.setAttribute("href", "javascript:harm()");
    node.setAttribute("actiontype", "statusline");
    node.append("x");
  }
  sanitiseFormula(math);
  examine(math);
  equal([...math.children].map(({ tagName }) => tagName), ["mi"]);
});

test("the examination sees a planted fault", () => {
  const place = document.createElement("div");
  for (const [tag, name, value] of [["img", "src", "x"], ["p", "style", ""], ["a", "href", "javascript:harm()"], ["input", "type", "text"]]) {
    place.replaceChildren(Object.assign(document.createElement(tag)));
    place.firstChild.setAttribute(name, value);
    let seen = false;
    try {
      examine(place);
    } catch {
      seen = true;
    }
    truthy(seen, `${tag} was not seen`);
  }
});
