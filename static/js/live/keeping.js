/** What a person does with whole conversations, and with the preferences: each a call of the API. */

import { panelStrings } from "../page/panel-strings.js";
import { strings } from "../page/strings.js";
import { toast } from "../page/toasts.js";
import { shownId } from "../state/view.js";
import { api } from "./api.js";
import { attempt } from "./attempt.js";

const words = panelStrings.failedTo;

export class Keeping {
  #controller;

  constructor(controller) {
    this.#controller = controller;
  }

  rename({ conversation, title }) {
    return attempt(words.rename, () => api.update(conversation.id, { title }), () => this.rename({ conversation, title }));
  }

  pin({ conversation }) {
    return attempt(words.pin, () => api.update(conversation.id, { pinned: !conversation.pinned_at }), () => this.pin({ conversation }));
  }

  /** Gone at once, and back again for who changes his mind. */
  async remove({ conversation }) {
    const wasShown = shownId(this.#controller.state) === conversation.id;
    const { deleted } = this.#controller;
    deleted.add(conversation.id);
    const isGone = await attempt(words.remove, () => api.remove(conversation.id), () => this.remove({ conversation }));
    if (!isGone) return deleted.delete(conversation.id);
    return toast(strings.removed(conversation.title || strings.untitled), { label: strings.undo, run: () => this.#restore(conversation, wasShown) });
  }

  /** Where the page has not gone elsewhere meanwhile it shows the conversation again. */
  async #restore(conversation, wasShown) {
    const { id } = conversation;
    const isBack = await attempt(words.restore, () => api.restore(id), () => this.#restore(conversation, wasShown));
    if (isBack) this.#controller.deleted.delete(id);
    if (isBack && wasShown && shownId(this.#controller.state) === null) this.#controller.show(id);
  }

  /** What the reader sees changes at once; a failure takes it back, and is thrown. */
  async prefer(changes) {
    const before = this.#controller.state.preferences;
    this.#told(changes);
    try {
      await api.prefer(changes);
    } catch (error) {
      this.#told(Object.fromEntries(Object.keys(changes).map((name) => [name, before[name]])));
      throw error;
    }
    if ("language" in changes) location.reload();
  }

  #told(changes) {
    this.#controller.dispatch({ type: "preferences.updated", preferences: { ...this.#controller.state.preferences, ...changes } });
  }
}
