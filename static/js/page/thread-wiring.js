/** What the thread asks for, as it is done. */

import { MessageActions } from "../live/messages.js";
import { sameModel } from "../state/models.js";
import { addressOf } from "./navigation.js";
import { strings } from "./strings.js";
import { toast } from "./toasts.js";

/** `show(conversationId)` changes the page. */
export function wireThread({ hear, controller, actions, sending, thread, picker, show }) {
  const messages = new MessageActions(controller);
  hear("save", (detail) => messages.save(detail));
  hear("delete", (detail) => messages.remove(detail));
  hear("rate", (detail) => messages.rate(detail));
  hear("fork", async (detail) => {
    const conversation = await messages.fork(detail);
    if (!conversation) return;
    history.pushState(null, "", addressOf(conversation.id));
    show(conversation.id);
  });
  hear("left", ({ message, content }) => {
    const run = () => thread.edit(message.id, content);
    toast(strings.editLeft, { label: strings.putBackEdit, run });
  });
  hear("editor-gone", ({ message, content }) => {
    controller.giveBack({ kind: "edit", messageId: message.id, conversationId: message.conversation_id, content, message: strings.editorGone });
  });
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
