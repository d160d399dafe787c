/** What an answer took: a short line, and all of it in a panel, on press and under the pointer. */

import { make } from "../page/dom.js";
import { openPopover } from "../page/popover.js";
import { duration, formats, strings } from "../page/strings.js";

const HOVER_MS = 400;

/** A button with the short line; null where nothing is known. */
export function figuresOf({ model_id, generation }) {
  const model = generation?.model_id || model_id;
  const { timings, usage } = generation ?? {};
  const written = usage?.output_tokens;
  const time = timings?.duration_ms;
  const line = [model, written != null && strings.tokens(written), time != null && duration(time)].filter(Boolean);
  if (!line.length) return null;
  const button = make(
    "button",
    { type: "button", class: "figures", "aria-haspopup": "dialog", "aria-expanded": "false" },
    make("span", { class: "visually-hidden", textContent: `${strings.aboutAnswer}: ` }),
    ...line.map((text) => make("span", { class: "figures__figure", textContent: text })),
  );
  button.dataset.way = "figures";
  opensPanel(button, () => [make("dl", { class: "figures__table" }, ...rowsOf(model, generation ?? {}).flatMap(row))]);
  return button;
}

function rowsOf(model, { connection, status, finish_reason, timings, usage, omitted_messages: omitted }) {
  const { figures } = strings;
  const rate = rateOf(timings, usage);
  return [
    [figures.model, model],
    [figures.connection, connection],
    [figures.firstDelta, timings?.first_delta_ms != null && duration(timings.first_delta_ms)],
    [figures.reasoning, timings?.reasoning_ms != null && duration(timings.reasoning_ms)],
    [figures.duration, timings?.duration_ms != null && duration(timings.duration_ms)],
    [figures.rate, rate !== null && strings.tokensPerSecond(rate)],
    [figures.read, usage?.input_tokens != null && strings.tokens(usage.input_tokens)],
    [figures.written, usage?.output_tokens != null && strings.tokens(usage.output_tokens)],
    [figures.ended, status && strings.ended(status, finish_reason)],
    [figures.omitted, omitted > 0 && formats.number(omitted)],
  ].filter(([, value]) => value);
}

const row = ([name, value]) => [make("dt", { textContent: name }), make("dd", { textContent: value })];

/** Tokens a second, from the first delta on; null where that says nothing. */
export function rateOf(timings, usage) {
  const time = (timings?.duration_ms ?? 0) - (timings?.first_delta_ms ?? 0);
  if (!usage?.output_tokens || usage.output_tokens < 2 || time < 50) return null;
  return (usage.output_tokens * 1000) / time;
}

function opensPanel(button, content) {
  let timer = null;
  let panel = null;
  const open = (focus) => {
    clearTimeout(timer);
    if (panel) return;
    panel = openPopover(button, content(), { label: strings.aboutAnswer, name: "figures-panel", focus, closed: () => (panel = null) });
  };
  button.addEventListener("click", () => {
    if (panel && panel.contains(document.activeElement)) panel.hidePopover();
    else if (panel) panel.focus({ preventScroll: true });
    else open((opened) => opened.focus({ preventScroll: true }));
  });
  button.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType === "mouse") timer = setTimeout(open, HOVER_MS);
  });
  button.addEventListener("pointerleave", () => {
    clearTimeout(timer);
    if (panel && !panel.contains(document.activeElement)) panel.hidePopover();
  });
}
