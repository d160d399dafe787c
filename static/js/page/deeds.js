/** What shortcuts do, by way of what the page shows: the same buttons and texts that a hand would take. */

import { visibleMessages } from "../state/view.js";
import { copyText } from "./clipboard.js";
import { ask } from "./dom.js";
import { strings } from "./strings.js";
import { toast } from "./toasts.js";

/** `state()` is the store's; returns a function for each name in page/shortcuts.js that belongs to a conversation. */
export function deedsOf({ state, newConversation }) {
  const find = (selector) => document.querySelector(selector);
  return {
    newConversation,
    focusComposer: () => find(".composer__text").focus(),
    stop: () => find(".composer__stop:not([hidden], :disabled)")?.click(),
    copyAnswer: () => copy(lastAnswer(state()), strings.copiedAnswer),
    copyCode: () => copy(lastCode(), strings.copiedCode),
    removeConversation: () => state().conversation && ask(document.body, "remove", { conversation: state().conversation }),
    notices: () => find("scripta-toasts").enter(),
  };
}

const lastAnswer = (state) => visibleMessages(state).findLast(({ role, content }) => role === "assistant" && content)?.content;

const lastCode = () => [...document.querySelectorAll(".message--assistant pre code")].at(-1)?.textContent;

async function copy(text, words) {
  if (!text) toast(strings.nothingToCopy);
  else toast((await copyText(text)) ? words : strings.notCopied);
}
