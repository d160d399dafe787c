/** The words of the page: the same in both languages, with the forms each language has. */

import { problem } from "/static/js/page/problem.js";
import { strings as shown } from "/static/js/page/strings.js";
import * as englishPanels from "/static/js/page/strings/en-panels.js";
import * as english from "/static/js/page/strings/en.js";
import { problems } from "/static/js/page/strings/ru-problems.js";
import * as russianPanels from "/static/js/page/strings/ru-panels.js";
import * as russian from "/static/js/page/strings/ru.js";
import { equal, test, truthy } from "./harness.js";

/** {key: kind} of a table and the tables inside it; a function counts its arguments. */
function shape(table) {
  return Object.fromEntries(
    Object.entries(table)
      .filter(([key]) => key !== "problems")
      .map(([key, value]) => [key, typeof value === "object" ? shape(value) : typeof value === "function" ? value.length : typeof value])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

const plain = (table) => Object.entries(table).flatMap(([key, value]) => (typeof value === "object" ? plain(value) : [[key, value]]));

test("both tables have the same keys, of the same shape", () => {
  equal(shape(russian.strings), shape(english.strings));
  equal(shape(russianPanels.panels), shape(englishPanels.panels));
});

test("every Russian word is Russian", () => {
  const same = ["siteName", "version", "en", "enter", "ctrl_enter", "control", "shift", "backspace"];
  const latin = plain({ ...russian.strings, ...russianPanels.panels }).filter(([key, value]) => typeof value === "string" && !/[а-яё]/i.test(value) && !same.includes(key));
  equal(latin, []);
});

test("a page without another wish is English", () => {
  truthy(shown === english.strings);
});

test("counts have the forms of their language", () => {
  equal([1, 2, 1234].map(english.strings.tokens), ["1 token", "2 tokens", "1,234 tokens"]);
  equal([1, 2, 5, 21, 22, 111].map(russian.strings.tokens), ["1 токен", "2 токена", "5 токенов", "21 токен", "22 токена", "111 токенов"]);
});

test("lengths of time are said as people do", () => {
  const times = [0, 12, 999, 3210, 125_000, 4_200_000];
  equal(times.map(english.formats.duration), ["under 1 ms", "12 ms", "999 ms", "3.2 s", "2 min 5 s", "1 h 10 min"]);
  equal(times.map(russian.formats.duration), ["меньше 1 мс", "12 мс", "999 мс", "3,2 с", "2 мин 5 с", "1 ч 10 мин"]);
});

test("dates and numbers are written as in their language", () => {
  const day = new Date(2026, 10, 5, 14, 7);
  const long = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" };
  equal([english.formats.date(day, { month: "long" }), russian.formats.date(day, { month: "long" })], ["November", "ноябрь"]);
  equal(english.formats.date(day, long), "November 5, 2026 at 02:07 PM");
  equal(russian.formats.date(day, long).replace(/\s/g, " "), "5 ноября 2026 г. в 14:07");
  equal([english.formats.decimal(1234.56), russian.formats.decimal(1234.56).replace(/\s/g, " ")], ["1,234.6", "1 234,6"]);
});

test("a refusal without words here is told in the server's", () => {
  equal(problem({ code: "model.gone", message: "It is gone." }), "It is gone.");
});

test("a service's own words are kept beside ours", () => {
  const { problems: before } = shown;
  Object.assign(shown, { problems });
  const message = "The service refused the request. The service said: “bad “seed” value”";
  equal(problem({ code: "provider.refused", message }), `${problems["provider.refused"]} The service said: “bad “seed” value”`);
  equal(problem({ code: "model.gone", message: "“x” is gone." }), problems["model.gone"]);
  Object.assign(shown, { problems: before });
});
