/** Tells screen readers of an answer: sentences once they are whole, some at a time, and its end. Never single words. */

import { make } from "../page/dom.js";
import { strings } from "../page/strings.js";
import { visibleMessages } from "../state/view.js";

const EVERY_MS = 4000;
/** Of what is left at the end no more than this is read out: the rest is there to be read. */
const LAST_CHARACTERS = 600;
/** Nobody listens to more at a time; what follows is said the next time. */
const MOST_CHARACTERS = 4000;
const SENTENCE_END = /[.!?…。！？](?:["'”»)\]]*)(?=\s)|\n{2,}/g;

export class Announcer {
  element = make("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  #followed = null;
  #said = 0;
  #latest = "";
  #timer = null;

  show(state) {
    const messages = visibleMessages(state);
    const running = messages.findLast(({ generation }) => generation?.status === "running");
    const followed = this.#followed && messages.find(({ id }) => id === this.#followed);
    if (followed?.generation?.status === "running") this.#hear(followed.content);
    else if (this.#followed && !running) this.#end(followed);
    else if (running) this.#begin(running);
  }

  #begin({ id, content }) {
    this.#followed = id;
    this.#said = content.length;
    this.#latest = content;
    this.element.textContent = strings.answerRunning;
  }

  #hear(content) {
    this.#latest = content;
    this.#timer ??= setTimeout(() => this.#tell(), EVERY_MS);
  }

  #tell() {
    this.#timer = null;
    const reach = this.#said + MOST_CHARACTERS;
    const sentences = lastSentenceEnd(this.#latest.slice(0, reach), this.#said);
    const end = sentences === this.#said && this.#latest.length > reach ? reach : sentences;
    if (end === this.#said) return;
    this.element.textContent = spoken(this.#latest.slice(this.#said, end));
    this.#said = end;
  }

  /** `message` is undefined when the reader has gone elsewhere: then there is nothing to tell. */
  #end(message) {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#followed = null;
    if (!message) return;
    const rest = message.content.slice(this.#said);
    const words = message.generation?.status === "completed" ? strings.answerEnded : strings.answerBroken;
    this.element.textContent = rest.length <= LAST_CHARACTERS ? `${spoken(rest)} ${words}`.trim() : words;
  }
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
