/** System prompt and parameters of a conversation. */

import { make } from "./dom.js";
import { failureLine, labelled, openPanel } from "./panel.js";
import { readParameters, SYSTEM_PROMPT_LIMIT, textOf } from "./parameters.js";
import { panelStrings } from "./panel-strings.js";
import { strings } from "./strings.js";
import { codePoints } from "./text-length.js";

const words = panelStrings.settings;

/** What was typed and not kept, with the id of its conversation: closed by accident, it is there again. */
let left = null;

/**
 * `keep(settings)` promises to keep them. Where it fails the panel says why, and stays open with what was typed. Cancel throws that
 * away, nothing else does.
 */
export function openSettings({ settings, conversation }, keep) {
  const { system_prompt, parameters } = settings;
  const id = conversation?.id ?? null;
  const prompt = labelled(words.systemPrompt, words.systemPromptHint, make("textarea", { name: "system_prompt", rows: 5, value: system_prompt, dir: "auto" }));
  const fields = {
    temperature: line("temperature", words.temperature, words.temperatureHint, "decimal"),
    top_p: line("top_p", words.topP, words.topPHint, "decimal"),
    max_tokens: line("max_tokens", words.maxTokens, words.maxTokensHint, "numeric"),
    seed: line("seed", words.seed, words.seedHint, "numeric"),
    stop: labelled(words.stop, words.stopHint, make("textarea", { name: "stop", rows: 2, spellcheck: false })),
  };
  for (const [name, { field }] of Object.entries(fields)) field.value = textOf(parameters[name]);
  const all = [prompt, ...Object.values(fields)];
  const stored = textsOf(all);
  if (left?.id === id) all.forEach(({ field }, index) => (field.value = left.texts[index]));

  const save = make("button", { type: "submit", class: "button button--primary", textContent: strings.save });
  const no = make("button", { type: "button", class: "button", textContent: strings.cancel, on: { click: () => settle() } });
  const clear = make("button", { type: "button", class: "button button--quiet panel__clear", textContent: words.clear });
  const failed = failureLine();
  const form = make(
    "form",
    { class: "dialog__form", noValidate: true },
    make("p", { class: "dialog__words", textContent: words.words }),
    prompt.element,
    make("div", { class: "panel__grid" }, ...Object.values(fields).map(({ element }) => element)),
    failed.element,
    make("div", { class: "dialog__ways" }, clear, no, save),
  );
  const panel = openPanel(words.title, "settings-panel", form);
  let isSettled = false;
  const settle = () => {
    isSettled = true;
    panel.close();
  };
  panel.addEventListener("close", () => {
    const texts = textsOf(all);
    left = isSettled || texts.join("\0") === stored.join("\0") ? null : { id, texts };
  });

  clear.addEventListener("click", () => {
    for (const { field, tell } of all) {
      field.value = "";
      tell();
    }
    prompt.field.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const settings = read(prompt, fields);
    if (settings === null) return form.querySelector("[aria-invalid=true]").focus();
    save.disabled = true;
    if (await failed.tried(() => keep(settings))) return settle();
    save.disabled = false;
    return save.focus();
  });
}

const textsOf = (all) => all.map(({ field }) => field.value);

const line = (name, label, hint, inputMode) => labelled(label, hint, make("input", { name, type: "text", inputMode, autocomplete: "off" }));

/** What the fields say, or null where a field says something that the server would refuse: it is told there. */
function read(prompt, fields) {
  const texts = Object.fromEntries(Object.entries(fields).map(([name, { field }]) => [name, field.value]));
  const { parameters, problems } = readParameters(texts);
  for (const [name, { tell }] of Object.entries(fields)) tell(problems[name]);
  const count = codePoints(prompt.field.value);
  const isTooLong = count > SYSTEM_PROMPT_LIMIT;
  prompt.tell(isTooLong ? strings.composer.tooLong(count, SYSTEM_PROMPT_LIMIT) : "");
  if (isTooLong || Object.keys(problems).length > 0) return null;
  return { system_prompt: prompt.field.value.trim(), parameters };
}
