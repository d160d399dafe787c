/** Changes one's own message: Ctrl+Enter sends it as a new version, Escape leaves the old one. */

import { ask, make } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { isComposing } from "../page/keys.js";
import { lengthProblem } from "../page/limits.js";

/** Begins with `content`. `done()` is called when the editor is to go away, sent or not. */
export function editorFor(message, content, done) {
  const text = make("textarea", { class: "editor__text", value: content, "aria-label": strings.edit });
  const hint = make("span", { class: "editor__hint", textContent: strings.editHint });
  const send = make("button", { type: "button", class: "button button--primary button--small", textContent: strings.editSend });
  const cancel = make("button", { type: "button", class: "button button--small", textContent: strings.cancel, on: { click: done } });
  const editor = make("div", { class: "editor" }, text, make("div", { class: "editor__bar" }, hint, cancel, send));

  const submit = () => {
    if (send.disabled) return;
    ask(editor, "edit", { message, content: text.value });
    done();
  };
  send.addEventListener("click", submit);
  text.addEventListener("input", () => {
    const problem = lengthProblem(text.value);
    send.disabled = text.value.trim() === "" || problem !== null;
    hint.textContent = problem ?? strings.editHint;
  });
  text.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Escape") done();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  });
  queueMicrotask(() => text.focus());
  return editor;
}
