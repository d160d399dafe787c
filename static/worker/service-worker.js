/**
 * What a browser shows when the site cannot be reached: one page in each language that is the same for everybody, and its files.
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

/** `data` becomes {conversationId, tab}: a tab that has gone elsewhere is still known to the browser by its first address only. */
function show({ title, options }, tab) {
  return self.registration.showNotification(title, { ...options, data: { conversationId: options.data, tab } });
}

/** The tab that told of it comes forward and shows the conversation, else any of the site, else a new one. */
async function open({ conversationId, tab }) {
  const tabs = await self.clients.matchAll({ type: "window" });
  const told = tabs.find(({ id }) => id === tab);
  told?.postMessage({ open: conversationId });
  if (told) return told.focus();
  const path = conversationId ? `/c/${conversationId}/` : "/";
  if (tabs.length === 0) return self.clients.openWindow(path);
  await tabs[0].focus();
  return conversationId && tabs[0].navigate(path);
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
self.addEventListener("message", (event) => event.waitUntil(show(event.data.notice, event.source.id)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});
