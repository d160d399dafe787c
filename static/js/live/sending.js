/** What the composer asks for: to send, to have the queue changed, to keep what a conversation is asked with. */

import { newId } from "../page/ids.js";
import { failure } from "../page/problem.js";
import { strings } from "../page/strings.js";
import { isQueueing } from "../state/queue.js";
import { hasSettings } from "../state/settings.js";
import { transcriptOf } from "../state/temporary.js";
import { headId } from "../state/view.js";
import { api } from "./api.js";
import { fitted } from "./transcript.js";

export class Sending {
  #controller;

  constructor(controller) {
    this.#controller = controller;
  }

  get #state() {
    return this.#controller.state;
  }

  /** A new message at the end of what the page shows. `choices` are the picked models, if they are known. */
  send({ content, choices, draftKey }) {
    const parentId = headId(this.#state);
    const kind = !this.#state.temporary && isQueueing(this.#state) ? "queue" : "send";
    this.#begin({ content, ...chosen(choices) }, { kind, parentId, content, draftKey }, transcriptOf(this.#state));
  }

  /** Asks a question of a temporary chat again, in these or other words: no server has it, so the page tells it all. */
  resend({ question, content = question.content, choices }) {
    const pending = { kind: "send", parentId: question.parent_id, content };
    this.#begin({ content, ...chosen(choices) }, pending, transcriptOf(this.#state, question));
  }

  /** `anew` is a temporary message without its conversation, for when the server has forgotten that. */
  #begin(asked, pending, said) {
    const { conversation, temporary } = this.#state;
    const { transcript, omitted } = fitted(temporary ? said : [], pending.content);
    const told = temporary ? { temporary: true, transcript } : {};
    const anew = { type: "message.send", client_id: newId(), ...asked, ...told, ...this.#instructions() };
    const place = conversation ? { conversation_id: conversation.id, parent_id: pending.parentId } : {};
    this.#controller.begin({ ...anew, ...place }, temporary ? { ...pending, anew } : pending);
    if (omitted > 0) this.#controller.notice(strings.temporary.omitted(omitted));
  }

  /** A waiting message goes out now; what is being written is stopped first. Its own id asks: once it is gone, it went. */
  sendNow({ queued }) {
    this.#controller.deliver({ type: "queue.send", request_id: queued.id, queued_id: queued.id });
  }

  /** Keeps other words for a waiting message; `done(isKept)`. */
  async changeQueued({ queued, content, done }) {
    done(await this.#tried(() => api.changeQueued(queued.id, content)));
  }

  /** Whether it is gone. */
  removeQueued({ queued }) {
    return this.#tried(() => api.removeQueued(queued.id));
  }

  /** Another device asks the same model; of a temporary chat nobody is told. */
  async keepModel({ model: { connection_id, model_id } }) {
    const { conversation, temporary } = this.#state;
    if (conversation && !temporary) await this.#tried(() => api.update(conversation.id, { connection_id, model_id }));
  }

  /** Keeps system prompt and parameters, or throws; those of a new or temporary conversation go out with its messages. */
  async keepSettings(settings) {
    const { conversation, temporary, place } = this.#state;
    if (conversation && !temporary) await api.update(conversation.id, settings);
    if (place === this.#state.place) this.#controller.dispatch({ type: "page.settings", settings });
  }

  /** A conversation that exists has its own; a transcript begins with the system prompt. */
  #instructions() {
    const { settings, conversation, temporary } = this.#state;
    if ((conversation && !temporary) || !hasSettings(this.#state)) return {};
    return temporary ? { parameters: settings.parameters } : settings;
  }

  async #tried(call) {
    try {
      await call();
      return true;
    } catch (error) {
      this.#controller.notice(failure(error), error.code);
      return false;
    }
  }
}

/** One model as it always was said; several are columns. */
function chosen(choices) {
  if (!choices) return {};
  const models = choices.map(({ connection_id, model_id }) => ({ connection_id, model_id }));
  if (models.length > 1) return { models };
  return { connection_id: models[0].connection_id, model_ids: [models[0].model_id] };
}
