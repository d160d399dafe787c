/** What is copied from an answer has TeX where its formulas stand: their text says nothing of fractions and powers. */

import { texOf } from "./formulas.js";

export function copyTex(container) {
  container.addEventListener("copy", (event) => {
    const selection = getSelection();
    const formulas = [...container.querySelectorAll(".math")].filter((formula) => selection.containsNode(formula, true));
    if (formulas.length === 0) return;
    const drawn = formulas.map((formula) => [...formula.childNodes]);
    for (const formula of formulas) formula.replaceChildren(texOf(formula));
    event.clipboardData.setData("text/plain", selection.toString());
    event.preventDefault();
    for (const [index, formula] of formulas.entries()) formula.replaceChildren(...drawn[index]);
  });
}
