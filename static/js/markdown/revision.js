/**
 * What is drawn again while an answer grows: an element that shows the same stays, with its focus, a press that has begun on it,
 * what is selected in it and how far it is scrolled.
 */

import { texOf } from "./formulas.js";

/** Makes `known` what `fresh` is, keeping of it what is the same; false, and nothing done, where it is another kind of thing. */
export function revised(known, fresh) {
  if (known.nodeName !== fresh.nodeName) return false;
  if (known.nodeType === Node.TEXT_NODE) return write(known, fresh.data);
  if (known.isEqualNode(fresh)) return true;
  if (fresh.matches(".math")) return isOpen(known) === isOpen(fresh) && texOf(known) === texOf(fresh);
  if (fresh.matches(".code")) return languageOf(known) === languageOf(fresh) && revised(known.querySelector("code"), fresh.querySelector("code"));
  reviseAttributes(known, fresh);
  const nodes = [...fresh.childNodes];
  for (const [index, node] of nodes.entries()) {
    const old = known.childNodes[index];
    if (!old) known.append(node);
    else if (!revised(old, node)) old.replaceWith(node);
  }
  while (known.childNodes.length > nodes.length) known.lastChild.remove();
  return true;
}

export function reviseAttributes(known, fresh) {
  for (const { name } of [...known.attributes]) if (!fresh.hasAttribute(name)) known.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (known.getAttribute(name) !== value) known.setAttribute(name, value);
}

/** Text that is added leaves a selection in the rest where it is. */
function write(node, text) {
  if (text.startsWith(node.data)) node.appendData(text.slice(node.data.length));
  else node.data = text;
  return true;
}

const isOpen = (formula) => formula.classList.contains("math--open");
const languageOf = (block) => block.querySelector(".code__language")?.textContent;
