/** The server's side in little: a tree of messages, what happens to it, and what the page is told of it. */

import { CONVERSATION } from "./events.js";

const FIGURES = { finish_reason: "", usage: { input_tokens: null, output_tokens: null }, timings: { first_delta_ms: null, duration_ms: null }, error: null, omitted_messages: 0 };

export class KeptTree {
  #rows = new Map();
  #count = 0;
  head = null;

  get conversation() {
    return { ...CONVERSATION, head_id: this.head };
  }

  get rows() {
    return [...this.#rows.values()].filter(({ deleted }) => !deleted);
  }

  get visible() {
    const branch = [];
    for (let row = this.#rows.get(this.head); row; row = this.#rows.get(row.parent_id)) branch.unshift(...this.#mates(row));
    return branch;
  }

  get running() {
    return this.rows.filter(({ generation }) => generation?.status === "running");
  }

  /** A question below a message, or beside another one, and so many answers. */
  send(parentId, columns) {
    const question = this.#add({ role: "user", parent_id: parentId, turn_id: this.#id("t") });
    return [...this.answer(question, columns, [question])];
  }

  answer(question, columns, told = []) {
    const turn_id = this.#id("t");
    const answers = Array.from({ length: columns }, () => this.#add({ role: "assistant", parent_id: question.id, turn_id, content: "", model_id: "m" }));
    for (const answer of answers) this.#run(answer);
    this.head = answers[0].id;
    const created = [...told, ...answers].map((row) => ({ type: "message.created", message: this.info(row), conversation: this.conversation }));
    return [...created, ...answers.map((row) => this.#started(row)), this.#updated()];
  }

  continue(row) {
    row.stored = row.content;
    this.#run(row);
    return [this.#started(row), this.#updated()];
  }

  write(row, text, kind = "content") {
    const from = row.position;
    row[kind] += text;
    row.position += text.length;
    row.parts.push({ kind, text });
    return [{ type: "generation.delta", generation_id: row.generation.id, from, to: row.position, parts: [{ kind, text }] }];
  }

  end(row, status) {
    const { id } = row.generation;
    const end = { ...FIGURES, finish_reason: "stop", usage: { input_tokens: 1, output_tokens: 2 }, timings: { first_delta_ms: 1, duration_ms: 2 }, connection: "here" };
    row.generation = { id, model_id: "m", ...end, status };
    return [{ type: "generation.ended", generation_id: id, message_id: row.id, conversation_id: "c1", position: row.position, status, ...end }];
  }

  save(row, content) {
    Object.assign(row, { content, revised: true });
    return this.#told(row);
  }

  rate(row, rating) {
    row.feedback = rating ? { rating, note: "" } : undefined;
    return this.#told(row);
  }

  choose(row) {
    this.head = this.#leaf(row);
    return [this.#updated()];
  }

  remove(row) {
    const gone = [row];
    for (const one of gone) gone.push(...this.rows.filter(({ parent_id }) => parent_id === one.id));
    for (const one of gone) one.deleted = row.id;
    row.headBefore = gone.some(({ id }) => id === this.head) ? this.head : null;
    if (row.headBefore) this.#moveHead(row);
    const message_ids = gone.map(({ id }) => id);
    return [{ type: "message.deleted", message_ids, conversation: this.conversation }];
  }

  /** What was deleted by itself, and whose place is still there. */
  get restorable() {
    const isThere = (id) => id === null || !this.#rows.get(id).deleted;
    return [...this.#rows.values()].filter(({ id, deleted, parent_id }) => deleted === id && isThere(parent_id));
  }

  restore(row) {
    for (const one of this.#rows.values()) if (one.deleted === row.id) one.deleted = undefined;
    if (row.headBefore) this.head = row.headBefore;
    return this.#told(row);
  }

  /** What is told to a page that has read so far. */
  snapshot(positions = {}) {
    const messages = this.visible.map((row) => this.info(row, row.generation?.status === "running" ? row.stored : row.content));
    const generations = this.visible.filter((row) => row.generation?.status === "running").map((row) => this.#runs(row, positions[row.generation.id] ?? 0));
    return { type: "conversation.snapshot", conversation: this.conversation, messages, generations, has_older: false };
  }

  info(row, content = row.content) {
    const { id, parent_id, turn_id, role, model_id = "", reasoning, feedback, revised } = row;
    const isRunning = row.generation?.status === "running";
    const told = { id, conversation_id: "c1", parent_id, turn_id, role, content, model_id, generation: row.generation ?? null, siblings: this.#siblings(row) };
    return structuredClone({ ...told, reasoning: isRunning ? row.storedReasoning : reasoning, ...(feedback && { feedback }), ...(revised && { revised }) });
  }

  #id(kind) {
    this.#count += 1;
    return `${kind}${String(this.#count).padStart(4, "0")}`;
  }

  #add(fields) {
    const id = this.#id("m");
    const row = { id, content: `text of ${id}`, reasoning: "", ...fields };
    this.#rows.set(id, row);
    return row;
  }

  #run(row) {
    Object.assign(row, { position: 0, parts: [], stored: row.content, storedReasoning: row.reasoning });
    row.generation = { id: this.#id("g"), status: "running", model_id: "m", connection: "here", ...FIGURES };
  }

  #runs(row, from) {
    const text = row.parts.flatMap(({ kind, text: all }) => [...all].map((character) => ({ kind, text: character })));
    return { generation_id: row.generation.id, message_id: row.id, from, position: row.position, parts: text.slice(from) };
  }

  #started({ id, turn_id, generation }) {
    return { type: "generation.started", generation_id: generation.id, message_id: id, conversation_id: "c1", turn_id, model_id: "m", connection: "here" };
  }

  #updated() {
    return { type: "conversation.updated", conversation: this.conversation };
  }

  #told(row) {
    const content = row.generation?.status === "running" ? row.stored : row.content;
    return [{ type: "message.updated", message: this.info(row, content), conversation: this.conversation }];
  }

  #beside({ parent_id, role }) {
    return this.rows.filter((other) => other.parent_id === parent_id && other.role === role);
  }

  #mates(row) {
    return this.#beside(row).filter(({ turn_id }) => turn_id === row.turn_id);
  }

  #siblings(row) {
    const turns = new Map();
    for (const { id, turn_id } of this.#beside(row)) if (!turns.has(turn_id)) turns.set(turn_id, id);
    if (turns.has(row.turn_id)) turns.set(row.turn_id, row.id);
    return [...turns.values()];
  }

  #leaf(row) {
    const children = this.rows.filter(({ parent_id }) => parent_id === row.id);
    return children.length ? this.#leaf(children.at(-1)) : row.id;
  }

  #moveHead(row) {
    const beside = this.#beside(row).at(-1);
    this.head = beside ? this.#leaf(beside) : row.parent_id;
  }
}
