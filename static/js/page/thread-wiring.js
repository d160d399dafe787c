/** What the thread asks for, as it is done. */

import { MessageActions } from "../live/messages.js";
import { sameModel } from "../state/models.js";
import { strings } from "./strings.js";
import { toast } from "./toasts.js";

/** `goTo(conversationId)` changes the page and its address. */
export function wireThread({ hear, controller, actions, sending, thread, picker, goTo }) {
  const messages = new MessageActions(controller);
  hear("save", (detail) => messages.save(detail));
  hear("delete", (detail) => messages.remove(detail));
  hear("rate", (detail) => messages.rate(detail));
  const fork = async (detail) => {
    const conversation = await messages.fork(detail, () => fork(detail));
    if (conversation) goTo(conversation.id);
  };
  hear("fork", fork);
  hear("left", ({ message, content }) => {
    const run = () => thread.edit(message.id, content);
    toast(strings.editLeft, { label: strings.putBackEdit, run });
  });
  hear("editor-gone", (item) => controller.giveBack({ ...item, message: strings.editorGone }));
  hear("edit-last", () => thread.editLast());
  hear("edit", ({ message, content }) => {
    if (controller.state.temporary) sending.resend({ question: message, content, choices: picker.choices });
    else actions.edit({ message, content, choices: picker.choices });
  });
  hear("retry", ({ message, choice }) => {
    const { messages, temporary } = controller.state;
    const wanted = choice ?? sameModel(controller.state, message) ?? picker.choices?.[0];
    const question = messages.find(({ id }) => id === message.parent_id);
    if (temporary) sending.resend({ question, choices: wanted && [wanted] });
    else actions.retry({ message, choice: wanted });
  });
  hear("reopen", () => controller.reopen());
}
