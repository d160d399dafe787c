/** The prompt library in the composer, its blanks, and the parameters as they are written. */

import "/static/js/elements/prompt-list.js";
import { make } from "/static/js/page/dom.js";
import { readParameters, textOf } from "/static/js/page/parameters.js";
import { equal, test, truthy } from "./harness.js";

const PROMPTS = [
  { id: "1", name: "summarise", content: "Summarise {{text}} for {{reader}}." },
  { id: "2", name: "translate", content: "Translate this." },
  { id: "3", name: "переведи", content: "Переведи это." },
];

/** Lets promises that are settled go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

function library(prompts = PROMPTS, load = async () => prompts) {
  const field = make("textarea", {});
  const list = make("scripta-prompt-list", {});
  document.body.replaceChildren(list, field);
  list.begin(field, load);
  field.focus();
  const asked = [];
  list.addEventListener("scripta:prompts", () => asked.push("prompts"));
  return { field, list, asked, names: () => (list.firstChild.hidden ? null : [...list.querySelectorAll(".prompt-option__name")].map((name) => name.textContent)) };
}

async function type(field, text) {
  for (const character of text) document.execCommand("insertText", false, character);
  await settle();
}

function press(field, key, fields = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...fields });
  field.dispatchEvent(event);
  return event.defaultPrevented;
}

const selected = ({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd);

test("a slash at the start of a line offers the prompts, what follows filters them", async () => {
  const { field, names } = library();
  await type(field, "/");
  equal(names(), ["summarise", "translate", "переведи", "Write and change prompts …"]);
  await type(field, "SUM");
  equal(names(), ["summarise", "Write and change prompts …"]);
  equal(field.getAttribute("aria-activedescendant"), "prompt-option-0");
  await type(field, "x");
  equal([names(), field.hasAttribute("aria-activedescendant")], [null, false]);
});

test("who types faster than the list comes is offered the prompts all the same", async () => {
  const field = make("textarea", { value: "/sum" });
  const list = make("scripta-prompt-list", {});
  document.body.replaceChildren(list, field);
  field.focus();
  field.setSelectionRange(4, 4);
  list.begin(field, async () => PROMPTS);
  await settle();
  equal([...list.querySelectorAll(".prompt-option__name")].map((name) => name.textContent), ["summarise", "Write and change prompts …"]);
});

test("a slash elsewhere is a slash", async () => {
  const { field, names } = library();
  await type(field, "either /");
  equal(names(), null);
  equal(press(field, "Enter"), false);
});

test("Enter puts the chosen one in, and Tab goes through its blanks", async () => {
  const { field, list, names } = library();
  await type(field, "Please\n/sum");
  equal(press(field, "Enter"), true);
  equal([names(), field.value, selected(field)], [null, "Please\nSummarise {{text}} for {{reader}}.", "{{text}}"]);
  truthy(list.textContent.includes("2 blanks left"));
  equal([press(field, "Tab"), selected(field)], [true, "{{reader}}"]);
  equal([press(field, "Tab", { shiftKey: true }), selected(field)], [true, "{{text}}"]);
  await type(field, "it");
  equal([press(field, "Tab"), selected(field)], [true, "{{reader}}"]);
  await type(field, "me");
  equal([field.value, press(field, "Tab")], ["Please\nSummarise it for me.", false]);
});

test("Escape gives Tab back while blanks are left", async () => {
  const { field } = library();
  await type(field, "/sum");
  press(field, "Tab");
  press(field, "Escape");
  equal(press(field, "Tab"), false);
});

test("what was put in can be undone", async () => {
  const { field } = library();
  await type(field, "/tra");
  press(field, "Enter");
  equal(field.value, "Translate this.");
  document.execCommand("undo");
  equal(field.value, "/tra");
});

test("Escape closes the list until something else is written, and no key of an input method chooses", async () => {
  const { field, names } = library();
  await type(field, "/t");
  equal(press(field, "Enter", { isComposing: true }), false);
  equal(press(field, "Escape"), true);
  field.click();
  equal(names(), null);
  await type(field, "r");
  equal(names(), ["translate", "Write and change prompts …"]);
});

test("arrows go round, and the last leads to the library", async () => {
  const { field, asked } = library([]);
  await type(field, "/");
  press(field, "ArrowUp");
  press(field, "Enter");
  equal([asked, field.value], [["prompts"], ""]);
});

test("a library that does not come is told of where it would be, and asked for again", async () => {
  const answers = [new TypeError("Failed to fetch"), PROMPTS];
  const load = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const { field, names } = library([], load);
  await type(field, "/tra");
  equal(names(), ["The prompts could not be loaded. Try again", "Write and change prompts …"]);
  press(field, "Enter");
  await settle();
  equal([names(), field.value], [["translate", "Write and change prompts …"], "/tra"]);
});

const EMPTY = { temperature: "", top_p: "", max_tokens: "", seed: "", stop: "" };
const read = (texts) => readParameters({ ...EMPTY, ...texts });

test("parameters are read as numbers and lines, and what is empty is left out", () => {
  equal(read({}), { parameters: {}, problems: {} });
  const written = { temperature: " 0,7 ", top_p: "1", max_tokens: "1000000", seed: "0", stop: "END\n\n  ok" };
  equal(read(written).parameters, { temperature: 0.7, top_p: 1, max_tokens: 1_000_000, seed: 0, stop: ["END", "  ok"] });
  equal([textOf(["a", "b"]), textOf(0), textOf(undefined)], ["a\nb", "0", ""]);
});

test("what the server would refuse is refused here", () => {
  for (const [name, text] of [
    ["temperature", "2.1"], ["temperature", "-1"], ["temperature", "warm"], ["temperature", "0x1"], ["top_p", "0"], ["top_p", "1.01"],
    ["max_tokens", "0"], ["max_tokens", "1.5"], ["max_tokens", "1000001"], ["seed", "-1"], ["seed", "9".repeat(20)],
    ["stop", "a\nb\nc\nd\ne"], ["stop", "x".repeat(101)],
  ]) {
    const { parameters, problems } = read({ [name]: text });
    equal([parameters, Object.keys(problems)], [{}, [name]]);
  }
});
