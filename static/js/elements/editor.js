/** Changes a message: Ctrl+S saves it in place, Ctrl+Enter asks one's own anew, Escape leaves it as it was. */

import { ask, make } from "../page/dom.js";
import { panelStrings } from "../page/panel-strings.js";
import { strings } from "../page/strings.js";
import { isComposing, isLetter, isTouch } from "../page/keys.js";
import { lengthProblem } from "../page/limits.js";

/**
 * Begins with `content`. `done(left)` is called when the editor is to go away; `left` are words that nothing was done with.
 * What is temporary is nowhere kept: it can only be asked anew.
 */
export function editorFor(message, content, { temporary, done }) {
  const { editor: says } = panelStrings;
  const isOwn = message.role === "user";
  // Fingers have no Ctrl: what the buttons say is enough.
  const words = isTouch() ? "" : temporary ? says.temporaryHint : isOwn ? says.hint : says.answerHint;
  const text = make("textarea", { class: "editor__text", value: content, dir: "auto", "aria-label": strings.edit });
  const hint = make("span", { class: "editor__hint", role: "status" });
  const way = (label, kind, run) => make("button", { type: "button", class: `button ${kind} button--small`, on: { click: run } }, label);
  const leave = () => done(text.value === message.content ? null : text.value);
  const act = (action) => () => {
    if (!isSendable()) return;
    if (action === "edit" || text.value !== message.content) ask(editor, action, { message, content: text.value });
    done(null);
  };
  const save = !temporary && way(strings.save, isOwn ? "" : "button--primary", act("save"));
  const rerun = isOwn && way(says.rerun, "button--primary", act("edit"));
  const bar = make("div", { class: "editor__bar" }, hint, way(strings.cancel, "button--quiet", leave), save, rerun);
  const editor = make("div", { class: "editor" }, text, bar);

  const problem = () => (isOwn ? lengthProblem(text.value) : null);
  const isSendable = () => text.value.trim() !== "" && !problem();
  const meant = (event) => {
    if (event.key === "Escape") return leave;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return null;
    if (save && isLetter(event, "s")) return act("save");
    return rerun && event.key === "Enter" ? act("edit") : null;
  };
  const check = () => {
    for (const button of [save, rerun]) if (button) button.disabled = !isSendable();
    hint.textContent = problem() || words;
    hint.classList.toggle("editor__hint--over", Boolean(problem()));
  };
  check();
  text.addEventListener("input", check);
  editor.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const run = meant(event);
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  });
  queueMicrotask(() => {
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  });
  return editor;
}
