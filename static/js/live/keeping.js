/** What a person does with whole conversations, and with the preferences: each a call of the API. */

import { problem } from "../page/problem.js";
import { strings } from "../page/strings.js";
import { toast } from "../page/toasts.js";
import { shownId } from "../state/view.js";
import { api } from "./api.js";

export class Keeping {
  #controller;

  constructor(controller) {
    this.#controller = controller;
  }

  async rename({ conversation, title }) {
    await tried(() => api.update(conversation.id, { title }));
  }

  async pin({ conversation }) {
    await tried(() => api.update(conversation.id, { pinned: !conversation.pinned_at }));
  }

  /** Gone at once, and back again for who changes his mind. */
  async remove({ conversation }) {
    const wasShown = shownId(this.#controller.state) === conversation.id;
    if (!(await tried(() => api.remove(conversation.id)))) return;
    const words = strings.removed(conversation.title || strings.untitled);
    toast(words, { label: strings.undo, run: () => this.#restore(conversation, wasShown) });
  }

  /** Where the page has not gone elsewhere meanwhile it shows the conversation again. */
  async #restore({ id }, wasShown) {
    if ((await tried(() => api.restore(id))) && wasShown && shownId(this.#controller.state) === null) this.#controller.show(id);
  }

  /** What the reader sees changes at once; a refusal takes it back. */
  async prefer(changes) {
    const before = this.#controller.state.preferences;
    this.#told({ ...before, ...changes });
    const stored = await tried(() => api.prefer(changes));
    if (!stored) this.#told(before);
    else if ("language" in changes) location.reload();
  }

  #told(preferences) {
    this.#controller.dispatch({ type: "preferences.updated", preferences });
  }
}

/** Whether the call did what it should; if not, the reader is told why not. */
async function tried(call) {
  try {
    await call();
    return true;
  } catch (error) {
    toast(error.code ? problem(error) : strings.notSaved);
    return false;
  }
}
