/** A button that copies a text and says so for a moment. */

import { copyText } from "../page/clipboard.js";
import { icon, iconButton } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { toast } from "../page/toasts.js";

const CONFIRMED_MS = 1600;

/** `read()` gives the text when it is asked for; `copy(text)` puts it into the clipboard, and says whether it could. */
export function copyButton(read, copy = copyText) {
  const button = iconButton("copy", strings.copy, async () => {
    if (!(await copy(read()))) return toast(strings.notCopied);
    show(button, "check", strings.copied);
    return setTimeout(() => show(button, "copy", strings.copy), CONFIRMED_MS);
  });
  return button;
}

function show(button, name, label) {
  button.replaceChildren(icon(name));
  button.title = label;
  button.setAttribute("aria-label", label);
}

/** Gives every code block of a fragment its copy button. */
export function withCopyButtons(fragment) {
  for (const block of fragment.querySelectorAll(".code")) {
    block.querySelector(".code__bar").append(copyButton(() => block.querySelector("code").textContent));
  }
}
