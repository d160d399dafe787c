/** How an answer ended, when it is not simply complete: in words, with what can be done about it. */

import { ask, icon, make } from "../page/dom.js";
import { problem } from "../page/problem.js";
import { strings } from "../page/strings.js";
import "./countdown.js";

/** The line below an answer, or null. Only the last answer of the branch can be continued, and none of a temporary chat. */
export function endingOf(message, { isLast, temporary }) {
  const { generation } = message;
  if (!generation || generation.status === "running") return null;
  const words = wordsOf(message);
  if (!words) return null;
  const serious = generation.status === "failed" || generation.status === "interrupted";
  return make(
    "div",
    { class: `ending ending--${generation.status}` },
    serious && icon("alert"),
    make("p", { class: "ending__words" }, words, countdownOf(generation)),
    make("div", { class: "ending__ways" }, ...waysOf(message, isLast && !temporary)),
  );
}

/** "Earlier messages were left out", or null. */
export function remarkOf({ generation }) {
  if (!generation?.omitted_messages) return null;
  return make("p", { class: "remark", textContent: strings.omitted(generation.omitted_messages) });
}

function wordsOf({ content, reasoning, generation: { status, finish_reason, timings, error } }) {
  if (status === "stopped") return timings?.stop_ms != null ? strings.stoppedReceipt(timings.stop_ms) : strings.stopped;
  if (status === "interrupted") return error ? problem(error) : strings.interrupted;
  if (status === "failed") return error ? problem(error) : strings.failed;
  if (finish_reason === "length") return strings.lengthReached;
  if (reasoning && content.trim() === "") return strings.onlyThoughts;
  return null;
}

function countdownOf({ error, live }) {
  if (!error?.retry_after || !live) return null;
  return make("scripta-countdown", { class: "ending__countdown", seconds: error.retry_after });
}

function waysOf(message, isContinuable) {
  const way = (label, action) => {
    const button = make("button", { type: "button", class: "button button--small", on: { click: () => ask(button, action, { message }) } }, label);
    button.dataset.way = action;
    return button;
  };
  return [isContinuable && message.content !== "" && way(strings.continue, "continue"), way(strings.retry, "retry")].filter(Boolean);
}
