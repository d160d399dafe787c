/** What preferences are set with: one of several, or on and off. */

import { make } from "../page/dom.js";

let count = 0;

/** `options` are [value, label]; `change(value)` hears of another choice. */
export function choice(label, options, value, change) {
  const name = `choice-${(count += 1)}`;
  const one = ([option, words]) => {
    const input = make("input", { type: "radio", class: "choice__input", name, value: option, checked: option === value, on: { change: () => change(option) } });
    return make("label", { class: "choice__one" }, input, make("span", { class: "choice__words", textContent: words }));
  };
  const legend = make("legend", { class: "choice__label", textContent: label });
  return make("fieldset", { class: "choice" }, legend, make("div", { class: "choice__all" }, ...options.map(one)));
}

/** A switch. `hint` says what it does; `change(on)` hears of it. */
export function toggle(label, on, change, hint = "") {
  const input = make("input", { type: "checkbox", class: "switch__input", role: "switch", checked: on, on: { change: () => change(input.checked) } });
  const words = make("span", { class: "switch__words" }, make("span", { textContent: label }), hint && make("span", { class: "switch__hint", textContent: hint }));
  return make("label", { class: "switch" }, words, input);
}
