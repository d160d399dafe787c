/** All that an answer took, at the short line that tells some of it. */

import { make } from "../page/dom.js";
import { openPopover } from "../page/popover.js";
import { rateOf } from "../page/rate.js";
import { panelStrings } from "../page/panel-strings.js";
import { duration, formats, strings } from "../page/strings.js";

/** Opens at `button`; `focus` and `closed` as for any popover. */
export function openFigures(button, { model_id, generation }, { focus, closed }) {
  const rows = rowsOf(generation?.model_id || model_id, generation ?? {});
  const table = make("dl", { class: "figures__table" }, ...rows.flatMap(row));
  return openPopover(button, [table], { label: strings.aboutAnswer, name: "figures-panel", focus, closed });
}

function rowsOf(model, { connection, status, finish_reason, timings, usage, omitted_messages: omitted }) {
  const { figures } = panelStrings;
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
    [figures.ended, status && panelStrings.ended(status, finish_reason)],
    [figures.omitted, omitted > 0 && formats.number(omitted)],
  ].filter(([, value]) => value);
}

const row = ([name, value]) => [make("dt", { textContent: name }), make("dd", { textContent: value })];
