/** The shell in English: list, connection, refusals, notices. */

export const shell = {
  days: { pinned: "Pinned", today: "Today", yesterday: "Yesterday", week: "Previous 7 days", month: "Previous 30 days" },
  listEmpty: "What you write is kept here.",
  listMore: "Older conversations",
  listFailed: "Older conversations could not be loaded.",
  running: "An answer is being written",
  unread: "A new answer",
  options: (title) => `Options for “${title}”`,
  rename: "Rename",
  pin: "Pin",
  unpin: "Unpin",
  removed: (title) => `“${title}” is deleted.`,
  undo: "Undo",
  close: "Close",

  reconnecting: "The connection is interrupted. Your text stays here; trying again …",
  offline: "You are offline. Your text stays here, and what is being written goes on without you.",
  draining: "The server restarts. Your text stays here; connecting again in a moment …",
  signedOut: "You are signed out. Your text stays here.",
  signIn: "Sign in again",
  tryNow: "Try now",
  failedTo: {
    remove: "The message is not deleted.",
    restore: "The message has not come back.",
    rate: "The rating is not saved.",
    fork: "The new conversation is not made.",
  },
  unreached: "The server could not be reached.",
  deletedElsewhere: "This conversation was deleted in another tab.",
  draftLeft: "You were writing there:",
  notSaved: "That could not be saved. Try again.",
  tooLarge: "This is more than the server takes at once. Shorten it.",
  notLoaded: "The conversation could not be loaded. Try again, or reload the page.",
  notFound: "This conversation does not exist any more.",
  serviceSaid: (words) => `The service said: “${words}”`,


  nothingToCopy: "There is nothing to copy yet.",
  copiedAnswer: "The last answer is copied.",
  copiedCode: "The last code block is copied.",
  notCopied: "The browser did not allow copying.",
  // The server's own sentences are English.
  problems: {},
};
