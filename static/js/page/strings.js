/** Every word the modules put on the page. Templates translate theirs; these follow the page's language. */

const number = new Intl.NumberFormat("en");
const seconds = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

const plural = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many}`;

/** Milliseconds as people say them: 340 ms, 3.2 s, 2 min 5 s. */
export function duration(milliseconds) {
  if (milliseconds < 1) return "under 1 ms";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${seconds.format(milliseconds / 1000)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export const strings = {
  siteName: "Scripta",
  newConversation: "New conversation",
  untitled: "Untitled",
  you: "You",
  systemPrompt: "System prompt",

  days: { pinned: "Pinned", today: "Today", yesterday: "Yesterday", week: "Previous 7 days", older: "Older" },
  listEmpty: "What you write is kept here.",
  listMore: "Older conversations",
  listFailed: "The list could not be loaded.",
  running: "An answer is being written",
  options: (title) => `Options for “${title}”`,
  rename: "Rename",
  renameTitle: "Rename the conversation",
  titleLabel: "Title",
  save: "Save",
  cancel: "Cancel",
  remove: "Delete",
  removeTitle: "Delete this conversation?",
  removeWords: (title) => `“${title}” disappears from your list, in every tab and on every device.`,

  olderMessages: "Earlier messages",
  loading: "Loading …",
  waiting: "Waiting for the model …",
  answerRunning: "The answer is being written.",
  answerEnded: "The answer is complete.",
  reasoning: "Reasoning",
  reasoningRunning: "Reasoning …",

  copy: "Copy",
  copied: "Copied",
  edit: "Edit",
  editHint: "Ctrl+Enter sends it as a new version; Esc leaves the old one.",
  editSend: "Send",
  retry: "Retry",
  retryIn: (left) => `You can try again in ${duration(left * 1000)}.`,
  continue: "Continue",
  stop: "Stop",
  more: "Show all",
  previousVersion: "Previous version",
  nextVersion: "Next version",
  version: (index, count) => `${index}/${count}`,

  stopped: "Stopped.",
  stoppedReceipt: (ms) => `Stopped: the connection to the model was closed after ${duration(ms)}.`,
  interrupted: "Interrupted: the server went away while this was being written. What had arrived is kept.",
  failed: "The answer failed.",
  lengthReached: "The answer reached its length limit.",
  incomplete: "The model’s service ended the answer without saying that it was complete.",
  omitted: (count) => `${plural(count, "earlier message was", "earlier messages were")} left out: the conversation is longer than the model can read.`,
  firstDelta: (ms) => `first words after ${duration(ms)}`,
  lasted: (ms) => `${duration(ms)} in all`,
  tokens: (count) => plural(count, "token", "tokens"),
  tokensDetail: (input, output) => `${plural(input, "token", "tokens")} read, ${plural(output, "token", "tokens")} written`,

  tooLong: (count, limit) => `${number.format(count)} characters; the limit is ${number.format(limit)}. Shorten it by ${number.format(count - limit)}.`,
  left: (count) => `${number.format(count)} left`,
  model: "Model",
  noModels: "No model is available",
  modelUnavailable: (label, note) => `${label} (${note || "not available"})`,
  modelGone: (label) => `${label || "The model of this conversation"} is not available; pick another.`,
  pickModel: "Pick a model",
  modelPicked: (model, connection) => `${model} answers, by way of “${connection}”.`,
  connect: "Connect one",
  connectBetter: "Connect a better model",
  askAdministrator: "Who runs this site can connect one.",

  reconnecting: "The connection is interrupted. Your text stays here; trying again …",
  offline: "You are offline. Your text stays here.",
  draining: "The server restarts. Your text stays here; connecting again in a moment …",
  signedOut: "You are signed out. Your text stays here.",
  signIn: "Sign in again",
  notSaved: "That could not be saved. Try again.",
  notLoaded: "The conversation could not be loaded. Try again, or reload the page.",
  notFound: "This conversation does not exist any more.",
  dismiss: "Dismiss",
  putBack: "Put it back",
};
