/** Reduces the drafts that the server keeps: `drafts` has one for each conversation that was heard of. */

/** The key of a new conversation's draft. */
export const NEW = "new";

/** A temporary chat's text is nobody's draft. */
export const TEMPORARY = "temporary";

export function reduceDrafts(state, event) {
  switch (event.type) {
    case "conversation.snapshot":
      return event.draft ? heard(state, event.conversation.id, event.draft) : state;
    case "draft.updated":
      return heard(state, event.conversation_id ?? NEW, event);
    case "page.draft":
      return event.draft ? heard(state, NEW, event.draft) : state;
    default:
      return state;
  }
}

/** Whose text stands in the composer. */
export function draftKey({ temporary, opening, conversation }) {
  return temporary ? TEMPORARY : (opening ?? conversation?.id ?? NEW);
}

/** What comes late does not undo what is newer. */
function heard(state, key, { content, updated_at, source = null, replaces = null }) {
  const known = state.drafts[key];
  if (known && Date.parse(known.updatedAt) >= Date.parse(updated_at)) return state;
  return { ...state, drafts: { ...state.drafts, [key]: { content, updatedAt: updated_at, source, replaces } } };
}
