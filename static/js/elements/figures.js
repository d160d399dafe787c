/** What an answer took: a line of what there is room for, and all of it in a panel, on press and under the pointer. */

import { make } from "../page/dom.js";
import { panels } from "../page/later.js";
import { rateOf } from "../page/rate.js";
import { duration, strings } from "../page/strings.js";

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

/** At a press, and under a pointer that stays. */
function opensPanel(button, message) {
  let isOver = false;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    panels.use(({ figuresAt }) => figuresAt(button, message).press());
  });
  button.addEventListener("pointerenter", async ({ pointerType }) => {
    isOver = pointerType === "mouse";
    await panels.warm();
    if (isOver) panels.here?.figuresAt(button, message).enter();
  });
  button.addEventListener("pointerleave", () => (isOver = false));
}
