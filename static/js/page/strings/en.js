/** The page in English. */

import { inLocale } from "../locale.js";
import { composer } from "./en-composer.js";
import { prose } from "./en-prose.js";
import { shell } from "./en-shell.js";

const units = { under: "under 1 ms", milliseconds: "ms", seconds: "s", minutes: "min", hours: "h" };

export const formats = inLocale("en", units);
const { number, plural, duration } = formats;

const tokens = { one: "token", other: "tokens" };
const left = { one: "earlier message was", other: "earlier messages were" };

export const strings = {
  siteName: "Scripta",
  newConversation: "New conversation",
  untitled: "Untitled",
  save: "Save",
  cancel: "Cancel",
  remove: "Delete",
  copy: "Copy",
  copied: "Copied",
  stop: "Stop",
  more: "Show all",
  loading: "Loading …",
  dismiss: "Dismiss",

  // The shell: list, connection, refusals, notices
  ...shell,

  // The text of answers
  ...prose,

  // The thread: messages, answers, their endings and figures
  you: "You",
  systemPrompt: "System prompt",
  olderMessages: "Earlier messages",
  waiting: "Waiting for the model …",
  answerRunning: "The answer is being written.",
  answerEnded: "The answer is complete.",
  reasoning: "Reasoning",
  reasoningRunning: "Thinking …",
  edit: "Edit",
  editLeft: "Your changes were put aside.",
  editorGone: "The message that you were changing is not shown any more. These are your words.",
  wordsKept: "You were writing this before the page was loaded anew.",
  putBackEdit: "Go on editing",
  less: "Show less",
  tryAgain: "Try again",
  partNotLoaded: "This part of the page could not be loaded.",
  olderFailed: "Earlier messages could not be loaded.",
  notLoadedTitle: "The conversation could not be loaded",
  jumpToLatest: "Jump to latest",
  newMessages: (count) => plural(count, { one: "new message", other: "new messages" }),
  thinkingFor: (time) => `Thinking … ${time}`,
  thoughtFor: (time) => `Thought for ${time}`,
  moreWays: "More",
  retryWith: "Retry with another model …",
  fork: "New conversation from here",
  messageRemoved: "The message was deleted, with what followed it.",
  revised: "edited",
  revisedHint: "The text was changed in place",
  feedback: { up: "Good answer", down: "Bad answer" },
  versions: (index, count) => `Version ${index} of ${count}`,
  columns: (count) => `${number(count)} answers side by side`,
  columnChosen: "Goes on here",
  columnChosenHint: "What you ask next follows this answer",
  columnChoose: "Continue with this answer",
  aboutAnswer: "About this answer",
  firstWordsAfter: (time) => `first words after ${time}`,
  tokensPerSecond: (rate) => `${formats.decimal(rate)} tokens/s`,
  answerBroken: "The answer has ended before it was complete.",
  codeBlock: "(code)",
  retry: "Retry",
  retryIn: (seconds) => `You can try again in ${duration(seconds * 1000)}.`,
  continue: "Continue",
  previousVersion: "Previous version",
  nextVersion: "Next version",
  version: (index, count) => `${index}/${count}`,
  stopped: "Stopped.",
  stoppedReceipt: (ms) => `Stopped: the connection to the model was closed in ${duration(ms)}.`,
  interrupted: "Interrupted: the server went away while this was being written. What had arrived is kept.",
  failed: "The answer failed.",
  lengthReached: "The answer reached its length limit.",
  onlyThoughts: "The model thought and did not answer.",
  omitted: (count) => `${plural(count, left)} left out: the conversation is longer than the model can read.`,
  tokens: (count) => plural(count, tokens),

  // The composer: writing, models, what waits, the temporary chat
  ...composer,
  putBack: "Put it back",
  model: "Model",
};
