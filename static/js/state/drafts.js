/** Reduces the drafts that the server keeps: `drafts` has one for each conversation that was heard of. */

/** The key of a new conversation's draft. */
export const NEW = "new";

/** A temporary chat's text is nobody's draft. */
export const TEMPORARY = "temporary";

export function reduceDrafts(state, event) {
  switch (event.type) {
    case "conversation.snapshot":
      return event.draft ? heard(state, event.conversation.id, event.draft) : gone(state, event.conversation.id);
    case "draft.updated":
      return heard(state, event.conversation_id ?? NEW, event);
    case "page.draft":
      return event.draft ? heard(state, NEW, event.draft) : gone(state, NEW);
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
  if (known?.updatedAt && Date.parse(known.updatedAt) >= Date.parse(updated_at)) return state;
  return { ...state, drafts: { ...state.drafts, [key]: { content, updatedAt: updated_at, source, replaces } } };
}

/** The server has none: it was sent or emptied, maybe elsewhere while this page heard nothing. */
function gone(state, key) {
  const draft = { content: "", updatedAt: state.drafts[key]?.updatedAt ?? null, source: null, replaces: null, isGone: true };
  return { ...state, drafts: { ...state.drafts, [key]: draft } };
}
