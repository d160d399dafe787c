/** Installs the service worker (static/worker/service-worker.js): a page for when there is no network, and nothing of anybody's. */

const POLICY = "service-worker";

/** Only on https and on this machine itself do browsers allow it. */
export function installWorker(address) {
  if (!address || !navigator.serviceWorker) return;
  const policy = globalThis.trustedTypes?.createPolicy(POLICY, { createScriptURL: (url) => (url === address ? url : null) });
  navigator.serviceWorker.register(policy?.createScriptURL(address) ?? address).catch(() => {
    // The page works as well without it.
  });
}
