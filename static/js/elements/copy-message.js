/** Copies a message: as markdown, and for programs that take it as the formatted text that is shown. */

import { copyRich } from "../page/clipboard.js";
import { copyButton } from "./copy-button.js";

/** What is in the drawing and is not text of the answer. */
const EXTRAS = "button, .code__bar, .visually-hidden, iframe";

export function copyMessageButton(message) {
  const button = copyButton(
    () => message.content,
    (text) => copyRich(text, richOf(button.closest(".message")?.querySelector(".prose"))),
  );
  button.dataset.way = "copy";
  return button;
}

/** HTML of the drawing, without attributes of this page; empty where nothing is drawn. */
export function richOf(prose) {
  if (!prose) return "";
  const copy = prose.cloneNode(true);
  for (const extra of copy.querySelectorAll(EXTRAS)) extra.remove();
  for (const part of copy.querySelectorAll(".prose__part")) part.replaceWith(...part.childNodes);
  for (const node of copy.querySelectorAll("[class], [style]")) {
    node.removeAttribute("class");
    node.removeAttribute("style");
  }
  return copy.innerHTML;
}
