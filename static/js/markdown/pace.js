/**
 * How much of an answer is drawn at once. A text is read window by window, and a task ends with the step that uses up its time or
 * its number of characters, which the browser has to lay out. Text that is slow to parse is read in smaller windows.
 */

const WINDOW = 10_500; // characters: a little more than math may have
const SMALLEST_WINDOW = 1_500;
const SLOW_MS = 25;
const TASK_MS = 12;
const TASK_LENGTH = 24_000; // characters
const LONGEST_WORD = 500; // characters: where a word may break is looked for from its beginning, line by line
const UNCUT_WORD = 5_000; // characters: shorter ones may be addresses, and are drawn whole
const CUT_COST = 3; // times: what the browser takes longer to lay out a piece of a long word than as much of a text
/** No step has more of these: each has a cost of its own. */
const CROWDS = [
  [200, /^(?:\n(?=\S)|[-+*|]|\d{1,9}[.)])/gm], // blocks, items, rows that stand in no other
  [3_500, /[*_~[\]]/g], // emphasis, links; no formula has as many
];

export class Pace {
  #window = WINDOW;
  #begun = 0;
  #stepped = 0;
  #reach = 0;

  /** A task begins, with what stands at `place`. */
  begin(place) {
    this.#begun = this.#stepped = performance.now();
    this.#reach = place + TASK_LENGTH;
  }

  /** A step has come to `place`: whether the task may take another. */
  mayGoOn(place) {
    const now = performance.now();
    const wanted = this.#window * (now - this.#stepped > SLOW_MS ? 0.5 : 1.25);
    this.#window = Math.min(WINDOW, Math.max(SMALLEST_WINDOW, wanted));
    this.#stepped = now;
    return this.hasTime && place < this.#reach;
  }

  get hasTime() {
    return performance.now() - this.#begun < TASK_MS;
  }

  /** {raw, isLast}: what is read of `text` next, after `from`. */
  windowOf(text, from) {
    const small = text.slice(from, from + this.#window);
    const raw = uncrowded(endsInMath(small) ? text.slice(from, from + WINDOW) : small);
    const cut = raw.length > UNCUT_WORD ? longWord(raw) : -1;
    if (cut >= 0) {
      this.#reach -= LONGEST_WORD * (CUT_COST - 1);
      return { isLast: false, raw: raw.slice(0, betweenCharacters(raw, cut + LONGEST_WORD)) };
    }
    const isLast = from + raw.length === text.length;
    return { isLast, raw: isLast ? raw : firstLines(raw) };
  }
}

/** A window ends with a line where it can, else with a word, and between two characters in any case. */
function firstLines(text) {
  return text.slice(0, lastBreak(text) || betweenCharacters(text, Math.min(text.length, LONGEST_WORD)));
}

/** No more than a block, that may end within a formula: cut, this would be none. */
const endsInMath = (text) =>
  !/\n[ \t]*\n/.test(text) && ((text.match(/\$\$?/g) ?? []).length % 2 === 1 || /\\[[(](?!.*\\[\])])/s.test(text));

/** Where the second half of `text` is best parted, or 0. */
const lastBreak = (text) => [text.lastIndexOf("\n") + 1, text.lastIndexOf(" ") + 1].find((place) => place > text.length / 2) ?? 0;

/** `text` up to where there is too much of something for one step. */
const uncrowded = (text) => CROWDS.reduce((rest, [most, pattern]) => rest.slice(0, [...rest.matchAll(pattern)][most]?.index), text);

/** Where the first word begins that is too long to be drawn whole, or -1. */
function longWord(text) {
  for (const { index, 0: word } of text.matchAll(/\S+/g)) if (word.length > UNCUT_WORD) return index;
  return -1;
}

const betweenCharacters = (text, end) => end - (/[\ud800-\udbff]/.test(text[end - 1]) ? 1 : 0);
