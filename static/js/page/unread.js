/** Keeps what is unread in this browser, for all its tabs and for the next visit. */

/** Where storage is refused, each tab has its own and forgets it. */
export function followUnread({ store }) {
  const key = `scripta.unread.${store.state.user.id}`;
  const tell = (text) => store.dispatch({ type: "page.unread", unread: idsIn(text) });
  tell(attempt(() => localStorage.getItem(key)));
  addEventListener("storage", (event) => event.key === key && tell(event.newValue));
  document.addEventListener("visibilitychange", () => store.dispatch({ type: "page.visible", visible: !document.hidden }));
  let written = store.state.unread;
  store.subscribe(({ unread }) => {
    if (unread === written) return;
    written = unread;
    attempt(() => localStorage.setItem(key, JSON.stringify(unread)));
  });
}

/** What others wrote there may be anything. */
function idsIn(text) {
  const ids = attempt(() => JSON.parse(text));
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
}

function attempt(deed) {
  try {
    return deed();
  } catch {
    return null;
  }
}
