/** What preferences are set with: one of several, or on and off. */

import { make } from "../page/dom.js";

let count = 0;

/** `options` are [value, label]; `change(value)` promises whether another choice is kept: one that is not is taken back. */
export function choice(label, options, value, change) {
  const name = `choice-${(count += 1)}`;
  const inputs = new Map();
  let kept = value;
  const choose = async (option) => {
    if (await change(option)) kept = option;
    else if (inputs.get(option).checked) inputs.get(kept).checked = true;
  };
  const one = ([option, words]) => {
    const input = make("input", { type: "radio", class: "choice__input", name, value: option, checked: option === value, on: { change: () => choose(option) } });
    inputs.set(option, input);
    return make("label", { class: "choice__one" }, input, make("span", { class: "choice__words", textContent: words }));
  };
  const legend = make("legend", { class: "choice__label", textContent: label });
  return make("fieldset", { class: "choice" }, legend, make("div", { class: "choice__all" }, ...options.map(one)));
}

/** A switch. `hint` says what it does; `change(on)` promises whether that is kept, as above. */
export function toggle(label, on, change, hint = "") {
  const turn = async (isOn) => {
    if (!(await change(isOn)) && input.checked === isOn) input.checked = !isOn;
  };
  const input = make("input", { type: "checkbox", class: "switch__input", role: "switch", checked: on, on: { change: () => turn(input.checked) } });
  const words = make("span", { class: "switch__words" }, make("span", { textContent: label }), hint && make("span", { class: "switch__hint", textContent: hint }));
  return make("label", { class: "switch" }, words, input);
}
