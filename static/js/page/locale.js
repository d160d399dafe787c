/** Numbers, plurals, lengths of time and dates as a language writes them. */

/**
 * The reader's own variety of the language (dates in `en-GB` are not those of `en-US`), else the language itself.
 * `units` are the words of `duration`: {under, milliseconds, seconds, minutes, hours}.
 */
export function inLocale(language, units) {
  const locale = navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const rules = new Intl.PluralRules(locale);

  const number = (value) => whole.format(value);

  /** A count with the form of its noun: `forms` by Intl.PluralRules, {one, few, many, other}, as far as the language has them. */
  const plural = (count, forms) => `${number(count)} ${forms[rules.select(count)] ?? forms.other}`;

  /** Milliseconds as people say them: 340 ms, 3.2 s, 2 min 5 s, 1 h 10 min. */
  const duration = (milliseconds) => {
    if (milliseconds < 1) return units.under;
    if (milliseconds < 999.5) return `${number(milliseconds)} ${units.milliseconds}`;
    if (milliseconds < 59_950) return `${tenths.format(milliseconds / 1000)} ${units.seconds}`;
    const all = Math.round(milliseconds / 1000);
    if (all < 3600) return `${Math.floor(all / 60)} ${units.minutes} ${all % 60} ${units.seconds}`;
    return `${number(Math.floor(all / 3600))} ${units.hours} ${Math.floor((all % 3600) / 60)} ${units.minutes}`;
  };

  /** A date as `options` of Intl.DateTimeFormat say; formatters are dear, so each is made once. */
  const formats = new Map();
  const date = (value, options) => {
    const key = JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
    return formats.get(key).format(value);
  };

  return { locale, number, decimal: (value) => tenths.format(value), plural, duration, date };
}
