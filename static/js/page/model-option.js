/** One model as an option of a listbox: its name, how it is, what it can do. Why a connection fails is told at its first model. */

import { icon, make } from "./dom.js";
import { abilitiesOf } from "./model-search.js";
import { healthOf } from "./model-words.js";
import { strings } from "./strings.js";

export function modelOption(model, index, { isChosen, isFirst }) {
  const health = isFirst ? healthOf(model) : briefHealthOf(model);
  const abilities = abilitiesOf(model).map((words) => make("span", { class: "model-option__ability", textContent: words }));
  const option = make(
    "div",
    { class: "model-option", role: "option", id: `model-option-${index}`, "aria-selected": String(isChosen) },
    make("span", { class: "model-option__name", textContent: model.label }),
    isChosen && icon("check"),
    make("span", { class: "model-option__facts" }, healthWords(health), ...abilities),
  );
  option.dataset.index = String(index);
  if (!model.available) option.ariaDisabled = "true";
  return option;
}

function briefHealthOf(model) {
  const health = healthOf(model);
  if (health.status !== "failing") return health;
  return { ...health, words: model.available ? strings.models.failing("", model.health.since) : strings.models.notAvailable };
}

export function healthWords({ status, words }) {
  const dot = make("span", { class: `health-dot health-dot--${status}`, "aria-hidden": "true" });
  return make("span", { class: `model-option__health model-option__health--${status}` }, dot, words);
}
