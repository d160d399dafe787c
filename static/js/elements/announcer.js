/**
 * Tells screen readers of answers: sentences once they are whole, some at a time, and every end. Never single words.
 *
 * Where several are written at once one of them is read, then the next from where it was met; each end is told with the
 * model's name.
 */

import { make } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { visibleMessages } from "../state/view.js";

const EVERY_MS = 4000;
/** Of what is left at the end, or was written before, no more than this is read out: the rest is there to be read. */
const LAST_CHARACTERS = 600;
/** Nobody listens to more at a time; what follows is said the next time. */
const MOST_CHARACTERS = 4000;
const SENTENCE_END = /[.!?…。！？](?:["'”»)\]]*)(?=\s)|\n{2,}/g;

export class Announcer {
  element = make("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  /** How much of each running answer is said, by its message's id; the first is the one that is read. */
  #said = new Map();
  /** What was shown last: an answer that is continued is read from where it goes on. */
  #before = [];
  #latest = "";
  #timer = null;

  show(state) {
    const messages = visibleMessages(state);
    const running = messages.filter(({ generation }) => generation?.status === "running");
    const ends = this.#ends(messages);
    const begins = running.filter(({ id }) => !this.#said.has(id));
    for (const { id, content } of begins) {
      const before = this.#before.find((message) => message.id === id);
      this.#said.set(id, before?.content.length ?? whereToBegin(content));
    }
    this.#before = messages;
    const words = [...ends, ...(begins.length > 0 ? [strings.answerRunning] : [])];
    if (words.length > 0) this.element.textContent = words.join(" ");
    const read = running.find(({ id }) => id === this.#read);
    if (read) this.#hear(read.content);
  }

  get #read() {
    return this.#said.keys().next().value;
  }

  /** What is to be told of answers that run no more; nothing of those that the reader has left. */
  #ends(messages) {
    const [read, isAlone] = [this.#read, this.#said.size === 1];
    const told = [];
    for (const [id, said] of this.#said) {
      const message = messages.find((one) => one.id === id);
      if (message?.generation?.status === "running") continue;
      this.#said.delete(id);
      if (id === read) this.#rest();
      if (message) told.push(endOf(message, id === read ? said : message.content.length, isAlone));
    }
    return told;
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #hear(content) {
    this.#latest = content;
    if (content.length > this.#said.get(this.#read)) this.#timer ??= setTimeout(() => this.#tell(), EVERY_MS);
  }

  #tell() {
    this.#timer = null;
    const said = this.#said.get(this.#read);
    const reach = said + MOST_CHARACTERS;
    const sentences = lastSentenceEnd(this.#latest.slice(0, reach), said);
    const end = sentences === said && this.#latest.length > reach ? reach : sentences;
    if (end === said) return;
    this.element.textContent = spoken(this.#latest.slice(said, end));
    this.#said.set(this.#read, end);
  }
}

/** One that has just begun is read from its start, one that was found running from where it is. */
const whereToBegin = (content) => (content.length <= LAST_CHARACTERS ? 0 : lastSentenceEnd(content, 0));

/** What is left of an answer, if it is short, and that it has ended. */
function endOf({ content, generation }, said, isAlone) {
  const words = generation?.status === "completed" ? strings.answerEnded : strings.answerBroken;
  const named = isAlone || !generation?.model_id ? words : `${generation.model_id}: ${words}`;
  const rest = content.slice(said);
  return rest.length <= LAST_CHARACTERS ? `${spoken(rest)} ${named}`.trim() : named;
}

/** Where the last whole sentence after `from` ends. */
export function lastSentenceEnd(text, from) {
  let end = from;
  for (const match of text.slice(from).matchAll(SENTENCE_END)) end = from + match.index + match[0].length;
  return end;
}

/** Markdown as it is said: without its marks, code only mentioned. The parts of a link have a bound: each bracket looks so far for its end. */
export function spoken(markdown) {
  return markdown
    .replace(/^(```|~~~)[^\n]*\n[\s\S]*?(^\1[^\n]*$|$(?![\s\S]))/gm, ` ${strings.codeBlock} `)
    .replace(/\[\^[^\s\]^[]{1,100}\]:?/g, "")
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,1000}\)/g, "$1")
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\|)[ \t]*/gm, "")
    .replace(/[*_`|~]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
