/** Words in notices and open editors, kept in this tab over a reload; those of a temporary chat are kept nowhere. */

import { strings } from "../page/strings.js";
import { keepUnsaved, takeUnsaved, whenLeft } from "../page/unsaved.js";

const WORDS = "words";

/** Gives back what was kept, and keeps what there is whenever the page may be going. */
export function keepWords(controller, drafts) {
  const { user } = controller.state;
  for (const item of takeUnsaved(WORDS, user)) controller.giveBack(item);
  whenLeft(() => keepUnsaved(WORDS, user, wordsOf(controller.state, drafts)));
}

/** What was returned stays in its notice: by itself it would go where a draft is about to come. */
function wordsOf({ returned, outbox }, drafts) {
  const open = [...document.querySelectorAll("scripta-message, scripta-queue")].map(({ unsaved }) => unsaved);
  // What was sent and is not confirmed is a draft where nothing has been written since.
  const sent = outbox.filter(({ content, draftKey }) => content && !(draftKey && drafts.text(draftKey) === ""));
  const items = [...returned, ...sent].map((item) => ({ ...item, conversationId: null }));
  return [...items, ...open].filter((item) => item && !item.temporary && !item.anew).map((item) => ({ message: strings.wordsKept, ...item }));
}
