/** The model picker: whose models are picked, that a lost one is replaced by no other, and the list that it opens. */

import "/static/js/elements/model-picker.js";
import { matching } from "/static/js/page/model-search.js";
import { healthOf } from "/static/js/page/model-words.js";
import { strings } from "/static/js/page/strings.js";
import { CONVERSATION, message } from "./events.js";
import { equal, test, truthy } from "./harness.js";

const model = (connection_id, model_id, fields = {}) => ({
  connection_id, model_id, connection: connection_id, kind: "x", label: model_id, available: true, note: "", is_default: false, ...fields,
});
const MODELS = [model("remote", "large", { is_default: true }), model("local", "small"), model("busy", "old", { available: false, note: "No weights." })];
const of = (connection, model_id, id = "c1") => ({ ...CONVERSATION, id, connection, model_id });

function picker() {
  const element = document.createElement("scripta-model-picker");
  document.body.replaceChildren(element);
  return element;
}

const shown = (element, fields) => element.show({ place: 0, opening: null, conversation: null, messages: [], models: MODELS, ...fields });
const picked = (element) => element.choices?.map(({ model_id }) => model_id) ?? element.choices;
const chips = (element) => [...element.querySelectorAll(".model-chip__choice")];
const options = () => [...document.querySelectorAll("[role=option]")];
const key = (node, name) => node.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));

/** Presses the button and picks by name. */
function pick(button, name) {
  button.click();
  options().find((option) => option.textContent.includes(name)).click();
}

test("a new conversation begins with the default, another one with its own model", () => {
  const element = picker();
  shown(element, {});
  equal([picked(element), element.problem], [["large"], null]);
  shown(element, { place: 1, conversation: of("local", "small") });
  equal([picked(element), element.problem], [["small"], null]);
});

test("while the models are not known the server chooses, and where none answers nobody does", () => {
  const element = picker();
  shown(element, { models: null, conversation: of("gone", "small") });
  equal([element.choices, element.problem], [undefined, null]);
  shown(element, { models: [model("busy", "", { available: false, note: "No weights." })] });
  equal([element.choices, element.problem, element.textContent], [null, null, "No model is available: No weights."]);
});

test("that models could not be listed is said until some are", () => {
  const element = picker();
  shown(element, { models: null, unlisted: false });
  equal(element.childNodes.length, 0);
  shown(element, { models: null, unlisted: true });
  equal([element.textContent, element.choices], [strings.models.unlisted, undefined]);
  shown(element, {});
  shown(element, { unlisted: true });
  equal([element.textContent.includes(strings.models.unlisted), picked(element)], [false, ["large"]]);
});

test("a conversation that is about to be shown does not keep the model of the page before", () => {
  const element = picker();
  shown(element, {});
  shown(element, { place: 1, opening: "c1" });
  shown(element, { place: 1, conversation: of("local", "small") });
  equal(picked(element), ["small"]);
});

test("what was picked for a new conversation stays when it gets its id", () => {
  const element = picker();
  shown(element, {});
  pick(chips(element)[0], "small");
  pick(element.querySelector(".model-picker__add"), "large");
  shown(element, { conversation: of("local", "small") });
  equal(picked(element), ["small", "large"]);
});

test("a model that is gone is replaced by no other, until somebody picks one", () => {
  for (const conversation of [of("gone", "small"), of(null, "small"), of("local", "renamed"), of("busy", "old")]) {
    const element = picker();
    shown(element, { conversation });
    equal([element.choices, element.problem], [null, `${conversation.model_id} is not available; pick another.`]);
    equal(chips(element)[0].textContent, "Pick a model");
    pick(chips(element)[0], "small");
    equal([picked(element), element.problem], [["small"], null]);
  }
});

test("what was picked stays when the models are listed again, and is missed when it is gone", () => {
  const element = picker();
  shown(element, {});
  shown(element, { models: [model("remote", "other", { is_default: true }), ...MODELS] });
  equal(picked(element), ["large"]);
  shown(element, { models: [model("remote", "other", { is_default: true })] });
  equal([element.choices, element.problem], [null, "large is not available; pick another."]);
});

test("a conversation of columns is asked with all of them again", () => {
  const element = picker();
  const answer = (id, connection, model_id) => message(id, "q", { role: "assistant", turn_id: "t", generation: { connection, model_id } });
  shown(element, { conversation: of("remote", "large"), messages: [message("q", null), answer("a", "remote", "large"), answer("b", "local", "small")] });
  equal(picked(element), ["large", "small"]);
});

test("four models at most, each once, and each but the last can be taken away by key", () => {
  const element = picker();
  const many = Array.from({ length: 6 }, (_, index) => model("c", `m${index}`));
  shown(element, { models: many });
  for (const name of ["m1", "m2", "m3"]) pick(element.querySelector(".model-picker__add"), name);
  equal([picked(element), element.querySelector(".model-picker__add")], [["m0", "m1", "m2", "m3"], null]);
  key(chips(element)[0], "Delete");
  equal(picked(element), ["m1", "m2", "m3"]);
  truthy(document.activeElement === chips(element)[0]);
  key(chips(element)[2], "Backspace");
  element.querySelector(".model-chip__remove").click();
  equal([picked(element), element.querySelector(".model-chip__remove")], [["m2"], null]);
  key(chips(element)[0], "Delete");
  equal(picked(element), ["m2"]);
  element.querySelector(".model-picker__add").click();
  truthy(!options().some((option) => option.textContent.startsWith("m2")));
  document.querySelector(".model-list").hidePopover();
});

test("the list goes by keys and words, and what cannot be picked says why", () => {
  const element = picker();
  shown(element, {});
  chips(element)[0].click();
  const search = document.querySelector(".model-list__field");
  equal(search.getAttribute("aria-activedescendant"), "model-option-0");
  key(search, "ArrowUp");
  truthy(options()[2].classList.contains("model-option--active") && options()[2].textContent.includes("No weights."));
  key(search, "Enter");
  truthy(document.querySelector(".model-list"), "what is not available was picked");
  search.value = "LOCAL sm";
  search.dispatchEvent(new Event("input"));
  equal(options().map((option) => option.querySelector(".model-option__name").textContent), ["small"]);
  key(search, "Enter");
  equal([picked(element), document.querySelector(".model-list")], [["small"], null]);
});

test("hundreds of models are drawn as they are looked at", () => {
  const element = picker();
  shown(element, { models: Array.from({ length: 500 }, (_, index) => model("c", `model ${index}`)) });
  chips(element)[0].click();
  truthy(options().length < 100);
  const search = document.querySelector(".model-list__field");
  for (let step = 0; step < 120; step += 1) key(search, "ArrowDown");
  equal(document.querySelector(".model-option--active .model-option__name").textContent, "model 120");
  document.querySelector(".model-list").hidePopover();
});

test("health and abilities are said in words, and can be searched", () => {
  const failing = model("c", "m", { health: { status: "failing", message: "Too many requests." }, context_size: 131_072, capabilities: ["reasoning"] });
  equal(healthOf(failing), { status: "failing", words: "Too many requests." });
  equal([healthOf(model("c", "m")).status, healthOf(MODELS[2]).words], ["unknown", "No weights."]);
  equal(["reasoning", "RÉASONING c", "128k", "vision"].map((search) => matching(search)(failing)), [true, true, true, false]);
});
