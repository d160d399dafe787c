/** The words of the composer and what belongs to it, in English. */

import { inLocale } from "../locale.js";

const { number, plural, date, locale } = inLocale("en", {});
const time = (moment) => date(new Date(moment), { hour: "numeric", minute: "2-digit" });

export const composer = {
  composer: {
    tooLong: (count, limit) => `${number(count)} characters; the limit is ${number(limit)}. Shorten it by ${number(count - limit)}.`,
    left: (count) => `${number(count)} left`,
    send: "Send",
    queue: "Send when the answer is complete",
    sendByEnter: "Send (Enter)",
    sendByCtrlEnter: "Send (Ctrl+Enter)",
    nothing: "Write something first",
    underWay: "Your last message goes out first.",
    temporaryRuns: "A temporary chat keeps no queue: wait for the answer, or stop it.",
  },

  models: {
    model: "Model",
    of: (label) => `Model: ${label}`,
    column: (index, label) => `Model ${index}: ${label}`,
    pick: "Pick a model",
    none: "No model is available",
    unlisted: "The models could not be listed; trying again …",
    gone: (label) => `${label || "The model of this conversation"} is not available; pick another.`,
    add: "Ask another model beside it",
    remove: (label) => `Do not ask ${label}`,
    picked: (label, connection) => `${label} answers, by way of “${connection}”.`,
    pickedSeveral: (labels) => `${new Intl.ListFormat(locale).format(labels)} answer side by side.`,
    connect: "Connect one",
    connectBetter: "Connect a better model",
    askAdministrator: "Whoever runs this site can connect one.",
    ok: "Ready",
    unknown: "Not asked yet",
    notAvailable: "Not available",
    failing: (message, since) => (message || "Failing") + (since ? ` (since ${time(since)})` : ""),
  },

  queue: {
    removed: "The waiting message is deleted.",
    gone: "You were changing a waiting message. These are the words that were not saved.",
  },

  temporary: {
    start: "Temporary chat",
    words: "Temporary chat. Nothing of it is kept: not here, not in your list. It is gone when you leave or reload this page, and an answer can be lost.",
    omitted: (count) => `${plural(count, { one: "earlier message", other: "earlier messages" })} left out: a temporary chat can take only so much along.`,
    gone: "The server does not know this temporary chat any more. What you see stays here; your next message takes it along.",
  },
};
