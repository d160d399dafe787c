/** On the offline page: asks whether the site is there again, and as soon as it is, for the page that was wanted. */

/** Both as chat/web/urls.py has them. Who asks for the offline page itself has what he wants. */
const READY = "/readyz";
const OFFLINE = "/offline/";
const FIRST_MS = 1000;
const LONGEST_MS = 15_000;

let wait = FIRST_MS;
let timer = null;
let asked = null;

/** An earlier question is given up: with another network it would only hang. */
async function ask() {
  clearTimeout(timer);
  asked?.abort();
  if (document.hidden) return;
  const own = (asked = new AbortController());
  const limit = setTimeout(() => own.abort(), LONGEST_MS);
  const isThere = await fetch(READY, { cache: "no-store", signal: own.signal }).then(({ ok }) => ok, () => false);
  clearTimeout(limit);
  if (own !== asked) return;
  if (isThere) location.reload();
  else askLater();
}

function askLater() {
  timer = setTimeout(ask, wait);
  wait = Math.min(2 * wait, LONGEST_MS);
}

/** Something has changed: no reason to wait as long as before. */
function askNow() {
  wait = FIRST_MS;
  ask();
}

if (location.pathname !== OFFLINE) {
  addEventListener("online", askNow);
  document.addEventListener("visibilitychange", askNow);
  askLater();
}
