/** A modal panel with a title: for what is more than a question. */

import { iconButton, make } from "./dom.js";
import { failure } from "./problem.js";
import { strings } from "./strings.js";

/** Opens `content` under `title`; the panel goes when it closes. Returns its dialog. */
export function openPanel(title, name, ...content) {
  const heading = make("h2", { class: "dialog__title", id: "panel-title", textContent: title });
  const close = iconButton("close", strings.dismiss, () => dialog.close());
  const head = make("header", { class: "panel__head" }, heading, close);
  const dialog = make("dialog", { class: `dialog panel ${name}`, "aria-labelledby": "panel-title" }, head, ...content);
  dialog.addEventListener("close", () => {
    dialog.remove();
    giveCaretBack(document.activeElement);
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Chromium gives the focus back but not the caret, if it was in a field that is gone: what one types then goes nowhere. */
function giveCaretBack(field) {
  if (field?.matches("textarea, input[type=text], input:not([type])")) field.setSelectionRange(field.selectionStart, field.selectionEnd);
}

/**
 * The line of a panel that says what failed: what is told behind a modal dialog is seen and heard by nobody.
 * `tried(call, unanswered)` promises whether `call()` succeeded; if not, the line says why: `unanswered` where nobody did.
 */
export function failureLine() {
  const element = make("p", { class: "notice notice--error", role: "alert" });
  const tried = async (call, unanswered) => {
    element.textContent = "";
    try {
      await call();
      return true;
    } catch (error) {
      element.textContent = failure(error, unanswered);
      element.scrollIntoView({ block: "nearest" });
      return false;
    }
  };
  return { element, tried };
}

/** A labelled field with a hint; `tell(problem)` says below it what is wrong, or nothing. */
export function labelled(label, hint, field) {
  const id = `panel-${field.name}`;
  const problem = make("span", { class: "field__error", id: `${id}-problem`, role: "alert" });
  const words = hint && make("span", { class: "field__hint", id: `${id}-hint`, textContent: hint });
  field.setAttribute("aria-describedby", hint ? `${id}-hint ${id}-problem` : `${id}-problem`);
  field.id = id;
  const element = make("div", { class: "field" }, make("label", { class: "field__label", htmlFor: id, textContent: label }), field, words, problem);
  const tell = (sentence = "") => {
    problem.textContent = sentence;
    element.classList.toggle("field--wrong", sentence !== "");
    field.setAttribute("aria-invalid", String(sentence !== ""));
  };
  return { element, field, tell };
}
