/** What the server says by code is said in the page's language: refusals of the API, notes on models, their health. */

import "/static/js/elements/greeting.js";
import "/static/js/elements/model-picker.js";
import { MessageActions } from "/static/js/live/messages.js";
import { healthOf, noteOf } from "/static/js/page/model-words.js";
import { strings } from "/static/js/page/strings.js";
import { equal, test } from "./harness.js";

strings.problems = { "message.not_yours": "Не ваше.", "model.demonstration": "Маленькая.", "provider.unauthorized": "Ключ не подходит." };

const MESSAGE = { id: "m", conversation_id: "c", content: "Text" };
const MODEL = { connection_id: "c", connection: "Here", model_id: "m", label: "m", available: true, note: "A small one.", note_code: "model.demonstration" };

/** Refuses everything; the controller and the toasts write down what they are told. */
function refusing() {
  const told = [];
  document.addEventListener("scripta:toast", ({ detail }) => told.push(detail.text));
  globalThis.fetch = async () => Response.json({ code: "message.not_yours", message: "Only your own messages." }, { status: 409 });
  const controller = { notice: (words) => told.push(words), dispatch: ({ type, message }) => type === "error" && told.push(message) };
  return { told, messages: new MessageActions(controller) };
}

test("what the API refuses at a message", async () => {
  const { told, messages } = refusing();
  await messages.save({ message: MESSAGE, content: "Other" });
  await messages.remove({ message: MESSAGE });
  await messages.rate({ message: MESSAGE, rating: "up", note: "" });
  await messages.fork({ message: MESSAGE, scope: "path" });
  const { remove, rate, fork } = strings.failedTo;
  equal(told, ["Не ваше.", ...[remove, rate, fork].map((words) => `${words} Не ваше.`)]);
});

test("what is to be expected of a model, in the greeting", () => {
  const greeting = document.createElement("scripta-greeting");
  greeting.append(Object.assign(document.createElement("h2"), { className: "greeting__words" }));
  greeting.show({ choices: [MODEL], problem: null });
  equal(greeting.querySelector(".greeting__note").textContent.trim(), "Маленькая.");
});

test("why no model is available, in the picker", () => {
  const picker = document.createElement("scripta-model-picker");
  picker.show({ place: 0, opening: null, conversation: null, messages: [], models: [{ ...MODEL, available: false, note_code: "provider.unauthorized" }] });
  equal(picker.textContent, "No model is available: Ключ не подходит.");
});

test("the health of a model, in the list", () => {
  const failing = { status: "failing", code: "provider.unauthorized", message: "The key is wrong. The service said: “No.”" };
  equal(healthOf({ ...MODEL, health: failing }).words, "Ключ не подходит. The service said: “No.”");
  equal(healthOf({ ...MODEL, available: false }).words, "Маленькая.");
});

test("a note without words of its own is told as it is, and none is none", () => {
  equal([noteOf({ ...MODEL, note_code: "model.unheard_of" }), noteOf({ note: "", note_code: "" })], ["A small one.", ""]);
});
