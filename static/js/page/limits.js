/** What the server would refuse is refused here, with the numbers, before it is sent. */

import { pageData } from "./data.js";
import { strings } from "./strings.js";
import { codePoints } from "./text-length.js";

const limit = pageData.message_max_characters ?? Infinity;

/** Why a text is too long, or null. */
export function lengthProblem(text) {
  if (text.length <= limit) return null;
  const count = codePoints(text);
  return count > limit ? strings.composer.tooLong(count, limit) : null;
}

/** How many characters are left, told only near the limit; null before. */
export function lengthLeft(text) {
  if (text.length < limit * 0.8) return null;
  return limit - codePoints(text);
}
