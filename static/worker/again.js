/** On the offline page: once the network is back, the page that was asked for. */

addEventListener("online", () => location.reload());
