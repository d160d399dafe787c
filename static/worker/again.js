/** On the offline page: once the network is back, and stays for a moment, the page that was asked for. */

const MOMENT_MS = 500;

let timer = null;
addEventListener("online", () => (timer ??= setTimeout(() => location.reload(), MOMENT_MS)));
addEventListener("offline", () => {
  clearTimeout(timer);
  timer = null;
});
