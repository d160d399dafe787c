/** The model picker: whose model is picked, and that a lost one is replaced by no other. */

import "/static/js/elements/model-picker.js";
import { CONVERSATION } from "./events.js";
import { equal, test } from "./harness.js";

const model = (connection_id, model_id, fields = {}) => ({
  connection_id, model_id, connection: connection_id, kind: "x", label: model_id, available: true, note: "", is_default: false, ...fields,
});
const MODELS = [model("remote", "large", { is_default: true }), model("local", "small"), model("busy", "old", { available: false })];
const of = (connection, model_id, id = "c1") => ({ ...CONVERSATION, id, connection, model_id });

function picker() {
  const element = document.createElement("scripta-model-picker");
  document.body.replaceChildren(element);
  return element;
}

const shown = (element, fields) => element.show({ opening: null, conversation: null, models: MODELS, ...fields });

test("a new conversation begins with the default, another one with its own model", () => {
  const element = picker();
  shown(element, {});
  equal([element.choice.model_id, element.problem], ["large", null]);
  shown(element, { conversation: of("local", "small") });
  equal([element.choice.model_id, element.problem], ["small", null]);
});

test("while the models are not known the server chooses, and where none answers nobody does", () => {
  const element = picker();
  shown(element, { models: null, conversation: of("gone", "small") });
  equal([element.choice, element.problem], [undefined, null]);
  shown(element, { models: [model("busy", "", { available: false, note: "No weights." })] });
  equal([element.choice, element.problem, element.textContent], [null, null, "No model is available: No weights."]);
});

test("a conversation that is about to be shown does not keep the model of the page before", () => {
  const element = picker();
  shown(element, {});
  shown(element, { opening: "c1" });
  shown(element, { conversation: of("local", "small") });
  equal(element.choice.model_id, "small");
});

test("a model that is gone is replaced by no other, until somebody picks one", () => {
  for (const conversation of [of("gone", "small"), of(null, "small"), of("local", "renamed"), of("busy", "old")]) {
    const element = picker();
    shown(element, { conversation });
    equal([element.choice, element.problem], [null, `${conversation.model_id} is not available; pick another.`]);
    equal(element.querySelector("select").value, "");
    element.querySelector("select").value = "1";
    element.querySelector("select").dispatchEvent(new Event("change"));
    equal([element.choice.model_id, element.problem], ["small", null]);
  }
});

test("what was picked stays when the models are listed again, and is missed when it is gone", () => {
  const element = picker();
  shown(element, {});
  shown(element, { models: [model("remote", "other", { is_default: true }), ...MODELS] });
  equal(element.choice.model_id, "large");
  shown(element, { models: [model("remote", "other", { is_default: true })] });
  equal([element.choice, element.problem], [null, "large is not available; pick another."]);
});
