/** What an answer took: a line of what there is room for, and all of it in a panel, on press and under the pointer. */

import { isSomethingOpen, make } from "../page/dom.js";
import { panels } from "../page/later.js";
import { rateOf } from "../page/rate.js";
import { duration, strings } from "../page/strings.js";

const HOVER_MS = 400;
/** Time to get from the line into the panel. */
const LEAVE_MS = 200;

/** A button with the short line; null where nothing is known. */
export function figuresOf(message) {
  const { model_id, generation } = message;
  const model = generation?.model_id || model_id;
  const { timings, usage, connection } = generation ?? {};
  const written = usage?.output_tokens;
  const first = timings?.first_delta_ms;
  const rate = rateOf(timings, usage);
  const line = [
    model,
    written != null && strings.tokens(written),
    rate !== null && strings.tokensPerSecond(rate),
    first != null && strings.firstWordsAfter(duration(first)),
    connection,
  ].filter(Boolean);
  if (!line.length) return null;
  const button = make(
    "button",
    { type: "button", class: "figures", "aria-haspopup": "dialog", "aria-expanded": "false" },
    make("span", { class: "visually-hidden", textContent: `${strings.aboutAnswer}: ` }),
    ...line.map((text) => make("span", { class: "figures__figure", textContent: text })),
  );
  button.dataset.way = "figures";
  opensPanel(button, message);
  return button;
}

/**
 * Under the pointer it opens only where nothing else is open, which it would close, and stays while the pointer is on either; a
 * press keeps it, the next one closes it.
 */
function opensPanel(button, message) {
  let timer = null;
  let panel = null;
  let isPressed = false;
  const soon = (milliseconds, deed) => {
    clearTimeout(timer);
    timer = setTimeout(deed, milliseconds);
  };
  const stay = () => clearTimeout(timer);
  const leave = () => soon(LEAVE_MS, () => panel && !panel.contains(document.activeElement) && panel.hidePopover());
  const open = ({ openFigures }, focus) => {
    stay();
    if (panel) return;
    panel = openFigures(button, message, { focus, closed: () => (panel = button.popoverTargetElement = null) });
    // A press on a panel's own button is not one outside of it.
    button.popoverTargetElement = panel;
    button.popoverTargetAction = "show";
    isPressed = Boolean(focus);
    panel?.addEventListener("pointerenter", stay);
    panel?.addEventListener("pointerleave", leave);
  };
  const enter = (opened) => opened.focus({ preventScroll: true });
  const hover = async () => {
    await panels.warm();
    if (panels.here && button.matches(":hover") && !isSomethingOpen()) open(panels.here);
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (panel && isPressed) panel.hidePopover();
    else if (panel) {
      isPressed = true;
      enter(panel);
    } else panels.use((module) => open(module, enter));
  });
  button.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType !== "mouse") return;
    if (panel) stay();
    else soon(HOVER_MS, hover);
  });
  button.addEventListener("pointerleave", leave);
}
