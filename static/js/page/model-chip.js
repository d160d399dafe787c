/** One chosen model in the composer: a button that opens the list, and with others beside it a way to remove it. */

import { icon, make } from "./dom.js";
import { healthOf } from "./model-words.js";
import { strings } from "./strings.js";

/** `model` is undefined when it is gone; `column` is its number among several, else null; `remove` null where it must stay. */
export function modelChip(model, column, { open, remove }) {
  const label = model?.label ?? strings.models.pick;
  const name = column === null ? strings.models.of(label) : strings.models.column(column, label);
  const choice = make(
    "button",
    { type: "button", class: "model-chip__choice", title: model ? model.label : "", "aria-label": name, "aria-haspopup": "listbox", "aria-expanded": "false" },
    model && isAiling(model) && make("span", { class: "health-dot health-dot--failing", title: healthOf(model).words }),
    make("span", { class: "model-chip__label", textContent: label }),
    icon("chevron-down"),
  );
  choice.addEventListener("click", () => open(choice));
  choice.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      open(choice);
    } else if (remove && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      remove();
    }
  });
  return make("span", { class: remove ? "model-chip model-chip--column" : "model-chip" }, choice, remove && removal(label, remove));
}

const isAiling = (model) => healthOf(model).status === "failing";

function removal(label, remove) {
  const words = strings.models.remove(label);
  return make("button", { type: "button", class: "model-chip__remove", title: words, "aria-label": words, on: { click: remove } }, icon("close"));
}
