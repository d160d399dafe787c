/** Changes a message that waits: the key that sends a message saves, Escape leaves it as it was. */

import { make } from "../page/dom.js";
import { isComposing, sends } from "../page/keys.js";
import { lengthProblem } from "../page/limits.js";
import { panelStrings } from "../page/panel-strings.js";
import { strings } from "../page/strings.js";

/** `sendKey`: the key that saves, as set for sending. `change(content)` is called with words other than `content`, `leave()` where there are none. Returns the editor and its field. */
export function queueEditorFor(content, words, { sendKey, change, leave }) {
  const field = make("textarea", { class: "queue__field", value: words, rows: 2, dir: "auto", "aria-label": panelStrings.queue.text });
  const fault = make("p", { class: "field__error", role: "alert" });
  const save = () => {
    fault.textContent = lengthProblem(field.value) ?? (field.value.trim() === "" ? strings.composer.nothing : "");
    if (fault.textContent) field.focus();
    else if (field.value === content) leave();
    else change(field.value);
  };
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Escape") leave();
    else if (sends(event, sendKey)) {
      event.preventDefault();
      save();
    }
  });
  const keep = make("button", { type: "button", class: "button button--primary button--small", on: { click: save } }, strings.save);
  const no = make("button", { type: "button", class: "button button--small", on: { click: leave } }, strings.cancel);
  const editor = make("div", { class: "queue__editor" }, field, fault, make("div", { class: "queue__choice" }, no, keep));
  return { editor, field };
}
