/**
 * What a browser shows when there is no network: one page in each language that is the same for everybody, and its files.
 *
 * Nothing else is kept: no conversation, no answer of the API, no page of anybody's. `CONFIG` {version, language, pages, files}
 * stands above this text (chat/web/installation.py); with another version the browser installs it anew and what was kept goes.
 */

const PREFIX = "offline-";
const NAME = `${PREFIX}${CONFIG.version}`;

async function install() {
  const cache = await caches.open(NAME);
  await cache.addAll([...Object.values(CONFIG.pages), ...CONFIG.files]);
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
  // The request goes out while the worker starts.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function navigate(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const { searchParams } = new URL(event.request.url);
    const page = CONFIG.pages[searchParams.get("set_language")] ?? CONFIG.pages[CONFIG.language];
    return (await caches.match(page, { ignoreVary: true })) ?? Response.error();
  }
}

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** The tab that shows the conversation comes forward, else any of the site, else a new one. */
async function open(path) {
  const tabs = await self.clients.matchAll({ type: "window" });
  const tab = tabs.find(({ url }) => new URL(url).pathname === path) ?? tabs[0];
  if (!tab) return self.clients.openWindow(path);
  await tab.focus();
  return new URL(tab.url).pathname === path ? tab : tab.navigate(path);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(navigate(event));
  else if (origin === location.origin && CONFIG.files.includes(pathname)) event.respondWith(file(request));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(`/c/${event.notification.tag}/`));
});
