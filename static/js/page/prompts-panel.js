/** The prompt library: to write, change and delete the texts that the composer offers after a slash. */

import { iconButton, make } from "./dom.js";
import { failureLine, labelled, openPanel } from "./panel.js";
import { failure } from "./problem.js";
import { panelStrings } from "./panel-strings.js";
import { strings } from "./strings.js";

const words = panelStrings.prompts;
const NAME_LENGTH = 40;

/** `library` lists, adds, changes and removes prompts; each call is a promise that fails with `{code, message}`. */
export async function openPrompts(library) {
  const view = make("div", { class: "prompts" });
  const panel = openPanel(words.title, "prompts-panel", view);
  await begin(view, library);
  return panel;
}

/** Reads the library and shows it; a failure says why, and can be tried again. */
async function begin(view, library) {
  const failed = failureLine();
  const again = make("button", { type: "button", class: "button", hidden: true, on: { click: () => begin(view, library) } }, strings.tryAgain);
  view.replaceChildren(failed.element, make("div", { class: "dialog__ways" }, again));
  if (await failed.tried(async () => showAll(view, library, await library.list()), words.notLoaded)) return;
  again.hidden = false;
  again.focus();
}

function showAll(view, library, prompts, removed = null) {
  const add = make("button", { type: "button", class: "button button--primary", on: { click: () => write(null) } }, words.add);
  const done = make("button", { type: "button", class: "button", on: { click: () => view.closest("dialog").close() } }, words.done);
  const failed = failureLine();
  const rows = prompts.map((prompt) => row(prompt, () => write(prompt), () => remove(prompt)));
  view.replaceChildren(
    failed.element,
    make("p", { class: "dialog__words", textContent: words.hint }),
    ...(removed ? [undo(removed)] : []),
    rows.length ? make("ul", { class: "prompts__items" }, ...rows) : make("p", { class: "prompts__none", textContent: words.none }),
    make("div", { class: "dialog__ways" }, done, add),
  );
  add.focus();

  async function write(prompt) {
    showForm(view, prompt, async (given) => {
      if (prompt) await library.change(prompt.id, given);
      else await library.add(given);
      showAll(view, library, await library.list());
    }, () => showAll(view, library, prompts));
  }

  async function remove(prompt) {
    await failed.tried(async () => {
      await library.remove(prompt.id);
      showAll(view, library, await library.list(), prompt);
    });
  }

  function undo({ name, content }) {
    const again = () => failed.tried(async () => {
      await library.add({ name, content });
      showAll(view, library, await library.list());
    });
    const way = make("button", { type: "button", class: "button button--quiet button--small", on: { click: again } }, words.undo);
    return make("p", { class: "prompts__removed", role: "status" }, words.removed(name), way);
  }
}

function row({ name, content }, change, remove) {
  const label = make("span", { class: "prompts__name", textContent: `/${name}` });
  const text = make("span", { class: "prompts__text", textContent: content, dir: "auto" });
  const ways = make("span", { class: "prompts__ways" }, iconButton("pencil", words.edit(name), change), iconButton("trash", words.remove(name), remove));
  return make("li", { class: "prompts__item" }, make("span", { class: "prompts__words" }, label, text), ways);
}

function showForm(view, prompt, keep, leave) {
  const name = labelled(words.name, words.nameHint, make("input", { name: "name", type: "text", maxLength: NAME_LENGTH, value: prompt?.name ?? "", autocomplete: "off", dir: "auto" }));
  const content = labelled(words.content, "", make("textarea", { name: "content", rows: 7, value: prompt?.content ?? "", dir: "auto" }));
  const save = make("button", { type: "submit", class: "button button--primary", textContent: strings.save });
  const no = make("button", { type: "button", class: "button", textContent: strings.cancel, on: { click: leave } });
  const form = make("form", { class: "dialog__form", noValidate: true }, name.element, content.element, make("div", { class: "dialog__ways" }, no, save));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = { name: asName(name.field.value.trim()), content: content.field.value };
    name.tell(given.name ? "" : words.nameMissing);
    content.tell(given.content.trim() ? "" : words.contentMissing);
    if (form.querySelector("[aria-invalid=true]")) return form.querySelector("[aria-invalid=true]").focus();
    return keep(given).catch((error) => (error.code?.startsWith("message.") ? content : name).tell(failure(error)));
  });
  view.replaceChildren(form);
  name.field.focus();
}

/** Names are typed after the slash: in small letters, without spaces. */
const asName = (text) => text.toLowerCase().replace(/\s/g, "-");
