/** How quickly an answer was written. */

/** Tokens a second, from the first delta on; null where that says nothing. */
export function rateOf(timings, usage) {
  const time = (timings?.duration_ms ?? 0) - (timings?.first_delta_ms ?? 0);
  if (!usage?.output_tokens || usage.output_tokens < 2 || time < 50) return null;
  return (usage.output_tokens * 1000) / time;
}
