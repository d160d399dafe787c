/** Texts that the server does not have yet, kept in this tab over a reload or a sign-in, for the same person only. */

const NAME = "unsaved";

export function keepUnsaved(user, entries) {
  try {
    if (entries.length === 0) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, JSON.stringify({ user: user.id, entries }));
  } catch {
    // No room or no storage: what the server has is what there is.
  }
}

/** Takes them out: a Map of texts by key. */
export function takeUnsaved(user) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME));
    sessionStorage.removeItem(NAME);
    return new Map(kept?.user === user.id ? kept.entries : []);
  } catch {
    return new Map();
  }
}
