/** How a model is asked, as it is written in fields: the same bounds as the server's (docs/protocol.md). */

import { panelStrings } from "./panel-strings.js";
import { codePoints } from "./text-length.js";

export const SYSTEM_PROMPT_LIMIT = 32_000;
const STOPS = 4;
const STOP_LENGTH = 100;
const LARGEST_SEED = 2 ** 53 - 1;

const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
const WHOLE = /^-?\d+$/;

const words = panelStrings.settings;
const READERS = {
  temperature: (text) => number(text, NUMBER, (value) => value >= 0 && value <= 2, words.between(0, 2)),
  top_p: (text) => number(text, NUMBER, (value) => value > 0 && value <= 1, words.above(0, 1)),
  max_tokens: (text) => number(text, WHOLE, (value) => value >= 1 && value <= 1_000_000, words.wholeBetween(1, 1_000_000)),
  seed: (text) => number(text, WHOLE, (value) => value >= 0 && value <= LARGEST_SEED, words.wholeBetween(0, LARGEST_SEED)),
  stop: stops,
};

/** `{parameters, problems}` of texts by name; what is empty is left out. Problems are sentences by name. */
export function readParameters(texts) {
  const parameters = {};
  const problems = {};
  for (const [name, read] of Object.entries(READERS)) {
    if (texts[name].trim() === "") continue;
    const { value, problem } = read(texts[name]);
    if (problem) problems[name] = problem;
    else parameters[name] = value;
  }
  return { parameters, problems };
}

/** The text of a parameter in its field. */
export function textOf(value) {
  return Array.isArray(value) ? value.join("\n") : String(value ?? "");
}

function number(text, shape, isWithin, problem) {
  const value = Number(text.trim().replace(",", "."));
  return shape.test(text.trim()) && isWithin(value) ? { value } : { problem };
}

/** One on each line, with its spaces: they may be what is meant. */
function stops(text) {
  const value = text.split("\n").filter((line) => line !== "");
  if (value.length > STOPS) return { problem: words.tooMany(STOPS) };
  if (value.some((line) => codePoints(line) > STOP_LENGTH)) return { problem: words.stopTooLong(STOP_LENGTH) };
  return { value };
}
