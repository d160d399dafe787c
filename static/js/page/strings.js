/**
 * Every word the modules put on the page, in the page's language; templates translate theirs.
 *
 * Only one table is loaded. Both have the same keys (tests/web/javascript/strings.js); words that need numbers are functions.
 */

const table = document.documentElement.lang.startsWith("ru") ? await import("./strings/ru.js") : await import("./strings/en.js");

/** `formats`: number, decimal, plural, duration, date, locale. */
export const { strings, formats } = table;
export const { duration } = formats;
