/** What a model may write that must never run, load or leave its place. */

import { MarkdownView } from "/static/js/markdown/view.js";
import { sanitiseFormula } from "/static/js/markdown/sanitise-formula.js";
import { sanitise } from "/static/js/markdown/sanitise.js";
import { equal, test, truthy } from "./harness.js";
import "./untimed.js";
import hostile from "./hostile.json" with { type: "json" };

/** Buttons and pictures of buttons are the page's own; formulas are MathML. */
const OWN = ".icon-button, .icon-button *";
const FORMULA = "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none".split(" ");
const ELEMENTS = "A BLOCKQUOTE BR CODE DEL DIV EM H1 H2 H3 H4 H5 H6 HR LI INPUT LABEL OL P PRE S SECTION SPAN STRONG SUP TABLE TBODY TD TH THEAD TR UL".split(" ");
const ATTRIBUTES = "aria-label aria-level checked class data-markup data-note data-number dir disabled href id rel role start tabindex target title type value".split(" ");
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

for (const text of [...hostile.markdown, ...hostile.formulas, ...hostile.others]) {
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

for (const html of hostile.html) test(`html ${html}`, () => shown((place) => place.append(sanitise(html))));


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
  for (const [tag, name, value] of [["img", "src", "x"], ["p", "srcset", "x"], ["a", "href", "javascript:harm()"], ["input", "type", "text"]]) {
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
