/**
 * What is written and not sent, for each conversation: kept on the server a moment after the last key, so that another
 * device has it, and in this tab while the server cannot be reached.
 *
 * What another tab or device writes is taken over where nothing else is being written here, and where it goes on from
 * what was written here.
 */

import { newId } from "../page/ids.js";
import { keepUnsaved, takeUnsaved, whenLeft } from "../page/unsaved.js";
import { NEW, TEMPORARY } from "../state/drafts.js";

const PAUSE_MS = 800;
const UNSAVED = "unsaved";

export class Drafts {
  #save;
  #source = newId();
  #texts;
  #stored = new Map();
  #known = new Map();
  #own = new Map();
  #refused = new Map();
  #saving = new Set();
  /** What was saved on this connection: what is asked for at its beginning may be older than that. */
  #savedSince = new Set();
  #heard = new Map();
  #outbox = [];
  #isOpen = false;
  #timer = null;

  /** `save(key, {content, source}, {keepalive})` stores one; its promise fails with a `status` where the server refused. */
  constructor(save, user) {
    this.#save = save;
    this.#texts = new Map(takeUnsaved(UNSAVED, user));
    whenLeft(() => this.#leave(user));
  }

  /** What stands, or would stand, in the field. */
  text(key) {
    return this.#texts.get(key) ?? this.#stored.get(key) ?? "";
  }

  write(key, text) {
    this.#texts.set(key, text);
    this.#plan();
  }

  /** A new conversation got its id, or became a temporary chat: its text goes along. */
  move(from, to) {
    const text = this.text(from);
    this.write(from, "");
    this.write(to, text);
  }

  /** Takes over what the state has heard of, and saves what could not be saved before. */
  hear({ drafts, outbox, link }) {
    const isBack = link.status === "open" && !this.#isOpen;
    this.#isOpen = link.status === "open";
    if (isBack) this.#savedSince.clear();
    for (const [key, draft] of Object.entries(drafts)) {
      if (this.#heard.get(key) === draft) continue;
      this.#heard.set(key, draft);
      if (draft.source !== this.#source && !(draft.isGone && this.#isFresh(key))) this.#take(key, draft);
    }
    if (outbox === this.#outbox && !isBack) return;
    this.#outbox = outbox;
    this.#plan();
  }

  #isFresh(key) {
    return this.#saving.has(key) || this.#savedSince.has(key);
  }

  #take(key, draft) {
    if (this.#wanted(key) === (this.#stored.get(key) ?? "") && this.#goesOn(key, draft)) {
      this.#texts.set(key, draft.content);
      this.#know(key, draft.isGone ? null : draft.updatedAt);
      this.#own.delete(key);
    }
    this.#stored.set(key, draft.content);
  }

  #know(key, updatedAt) {
    if (updatedAt === null) this.#known.delete(key);
    else this.#known.set(key, updatedAt);
  }

  /** Whether a draft was written by somebody who had read what was saved here. A snapshot is what there is now. */
  #goesOn(key, { source, replaces }) {
    const own = this.#own.get(key);
    return !own || source === null || (replaces !== null && Date.parse(replaces) >= Date.parse(own));
  }

  /** What was sent is a draft until it has arrived: a page that ends before has lost nothing. */
  #wanted(key) {
    return this.text(key) || (this.#outbox.find((pending) => pending.draftKey === key)?.content ?? "");
  }

  #unsaved() {
    return [...this.#texts.keys()].filter((key) => key !== TEMPORARY && this.#wanted(key) !== (this.#stored.get(key) ?? ""));
  }

  #plan() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#saveAll({}), PAUSE_MS);
  }

  #saveAll(options) {
    clearTimeout(this.#timer);
    for (const key of this.#unsaved()) {
      if (!this.#saving.has(key) && this.#refused.get(key) !== this.#wanted(key)) this.#saveOne(key, options);
    }
  }

  /** Where there is no connection the next one saves it; what the server refuses is not offered again. */
  async #saveOne(key, options) {
    const content = this.#wanted(key);
    this.#saving.add(key);
    try {
      const written = { content, source: this.#source, replaces: this.#known.get(key) ?? null };
      const { updated_at } = await this.#save(key, written, options);
      this.#stored.set(key, content);
      this.#know(key, updated_at);
      this.#savedSince.add(key);
      this.#own.set(key, updated_at);
      if (this.#wanted(key) !== content) this.#plan();
    } catch ({ status }) {
      if (status === 400 || status === 404) this.#refused.set(key, content);
    } finally {
      this.#saving.delete(key);
    }
  }

  #leave(user) {
    this.#saveAll({ keepalive: true });
    keepUnsaved(UNSAVED, user, this.#unsaved().map((key) => [key, this.#wanted(key)]));
  }
}

/** The address of a draft's conversation in the API: null for a new one. */
export const conversationOf = (key) => (key === NEW ? null : key);
