/** A diagram in place of its source, once it is in view. The source is always a button away, and stays where drawing fails. */

import { iconButton, make } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { paint } from "./painter.js";
import { onThemeChange } from "./theme.js";

const LIMIT = 10_000; // characters
/** No picture is made smaller than this part of its size: words of 14 px stay 10 px at least, and it is scrolled instead. */
const SMALLEST = 0.72;

/** Blocks whose diagram is drawn. Those of a conversation that was left are forgotten with it. */
const shown = new WeakSet();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: "200px" },
);

onThemeChange(() => {
  for (const block of document.querySelectorAll(".code--diagram")) if (shown.has(block)) draw(block);
});

/** Has the diagram drawn that the code block `block` holds, when it comes into view. */
export function showDiagram(block) {
  if (block.classList.contains("code--diagram")) return;
  block.classList.add("code--diagram");
  const note = make("p", { class: "code__note", role: "status" });
  block.querySelector(".code__bar").after(note);
  if (block.querySelector("code").textContent.length > LIMIT) note.textContent = strings.diagramTooLong;
  else observer.observe(block);
}

async function draw(block) {
  const note = block.querySelector(".code__note");
  if (!shown.has(block)) note.textContent = strings.diagramDrawing;
  const picture = await paint(block.querySelector("code").textContent);
  note.textContent = picture || shown.has(block) ? "" : strings.diagramFailed;
  if (picture) show(block, picture);
}

function show(block, { address, width, height }) {
  shown.add(block);
  const image = make("img", { class: "code__diagram", src: address, width, height, alt: strings.diagram });
  image.style.minInlineSize = `${Math.round(width * SMALLEST)}px`;
  const before = block.querySelector(".code__diagram");
  if (before) return before.replaceWith(image);
  const source = block.querySelector("pre");
  const frame = make("div", { class: "code__picture", tabIndex: 0, role: "group", "aria-label": strings.diagram }, image);
  source.before(frame);
  source.hidden = true;
  const button = iconButton("source", strings.diagramSource, () => {
    source.hidden = !source.hidden;
    frame.hidden = !source.hidden;
    button.setAttribute("aria-pressed", !source.hidden);
  });
  button.setAttribute("aria-pressed", "false");
  block.querySelector(".code__language").after(button);
}
