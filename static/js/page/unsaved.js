/** Texts that the server does not have yet, kept in this tab over a reload or a sign-in, for the same person only. */

export function keepUnsaved(name, user, entries) {
  try {
    if (entries.length === 0) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify({ user: user.id, entries }));
  } catch {
    // No room or no storage: what the server has is what there is.
  }
}

/** Takes them out again. */
export function takeUnsaved(name, user) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.removeItem(name);
    return kept?.user === user.id ? kept.entries : [];
  } catch {
    return [];
  }
}

/** Calls `keep()` whenever the page may be going. */
export function whenLeft(keep) {
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}
