/** An answer as it is drawn: begun, grown by pieces of a size, and its blocks. */

import { MarkdownView } from "/static/js/markdown/view.js";

export function begun(text) {
  const container = document.createElement("div");
  const view = new MarkdownView(container);
  view.update(text);
  return { container, view };
}

export const blocks = (container) => [...container.querySelectorAll(":scope > .prose__part > *")];

export function grown(text, size) {
  const { container, view } = begun("");
  for (let end = size; end < text.length; end += size) view.update(text.slice(0, end));
  view.finish(text);
  return container;
}
