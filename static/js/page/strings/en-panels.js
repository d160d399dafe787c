/** The words of what opens at a press, in English. */

import { inLocale } from "../locale.js";

const { number, plural, locale } = inLocale("en", {});
const compact = new Intl.NumberFormat(locale, { notation: "compact" });

export const panels = {
  notice: { ended: "The answer is complete.", broken: "The answer ended before it was complete." },
  preferences: {
    title: "Preferences",
    theme: "Theme",
    text_size: "Text size",
    send_key: "Send a message with",
    language: "Language",
    shortcuts: "Keyboard shortcuts",
    notifications: "Notifications",
    notificationsHint: "When an answer that took longer than 20 seconds ends while this tab is hidden.",
    notificationsRefused: "This browser does not allow notifications from this site. Allow them in its settings, then switch this on.",
    options: {
      theme: { system: "System", light: "Light", dark: "Dark", contrast: "High contrast" },
      text_size: { small: "Small", normal: "Normal", large: "Large" },
      send_key: { enter: "Enter", ctrl_enter: "Ctrl+Enter" },
      language: { auto: "As the browser", en: "English", ru: "Русский" },
    },
  },

  shortcutsTitle: "Keyboard shortcuts",
  shortcutsOn: "Use keyboard shortcuts",
  shortcutsEverywhere: "Everywhere",
  shortcutsWriting: "While writing",
  shortcuts: {
    newConversation: "New conversation",
    focusComposer: "Go to the message field",
    stop: "Stop the answer",
    copyAnswer: "Copy the last answer",
    copyCode: "Copy the last code block",
    toggleSidebar: "Show or hide the list",
    removeConversation: "Delete this conversation",
    preferences: "Preferences",
    notices: "Go to the newest notice",
    shortcuts: "This list",
  },
  keys: { control: "Ctrl", shift: "Shift", enter: "Enter", backspace: "Backspace" },
  composerKeys: { send: "Send the message", newLine: "New line", editLast: "Edit the last message", prompts: "Insert a prompt" },

  failedTo: {
    rename: "The title is not changed.",
    pin: "The pin is not changed.",
    remove: "The conversation is not deleted.",
    restore: "The conversation has not come back.",
    retry: "The question is not asked again.",
    continue: "The answer is not continued.",
    stop: "The answer is not stopped.",
    "queue-send": "The waiting message is not sent.",
  },

  renameTitle: "Rename the conversation",
  titleLabel: "Title",

  leaving: {
    title: "Leave the temporary chat?",
    words: "What was written here is kept nowhere else. It is gone when you leave.",
    leave: "Leave",
    stay: "Stay",
  },

  models: {
    list: "Models",
    search: "Search models",
    noMatch: "No model matches.",
    context: (tokens) => `${compact.format(tokens)} context`,
    capabilities: { reasoning: "reasoning", vision: "images", tools: "tools", audio: "audio", embedded: "on this machine" },
  },

  prompts: {
    list: "Prompts",
    manage: "Write and change prompts …",
    none: "Prompts that you use often go here.",
    notLoaded: "The prompts could not be loaded.",
    title: "Prompts",
    hint: "Type / at the start of a line to put one into a message. Words in {{double braces}} are blanks to fill in.",
    add: "New prompt",
    name: "Name",
    content: "Text",
    nameHint: "Small letters, digits and hyphens; this is what you type after the slash.",
    nameMissing: "Give it a name.",
    contentMissing: "Write its text.",
    edit: (name) => `Change “${name}”`,
    remove: (name) => `Delete “${name}”`,
    removed: (name) => `“${name}” is deleted.`,
    undo: "Undo",
    done: "Done",
    nextBlank: (count) => `${plural(count, { one: "blank", other: "blanks" })} left: Tab goes to the next`,
  },

  settings: {
    title: "Instructions and parameters",
    words: "For this conversation. What is empty is left to the service.",
    systemPrompt: "System prompt",
    systemPromptHint: "What the model is told before everything else.",
    temperature: "Temperature",
    temperatureHint: "0 to 2. The higher, the freer.",
    topP: "Top-p",
    topPHint: "Above 0, up to 1. How much of what is likely it chooses from.",
    maxTokens: "Longest answer, in tokens",
    maxTokensHint: "1 to 1,000,000.",
    seed: "Seed",
    seedHint: "A whole number. The same one gives the same answer, where the service can.",
    stop: "Stop at",
    stopHint: "Up to 4 texts, one on each line.",
    clear: "Clear all",
    between: (from, to) => `A number from ${number(from)} to ${number(to)}.`,
    above: (from, to) => `A number above ${number(from)}, up to ${number(to)}.`,
    wholeBetween: (from, to) => `A whole number from ${number(from)} to ${number(to)}.`,
    tooMany: (limit) => `At most ${number(limit)} texts.`,
    stopTooLong: (limit) => `Each at most ${plural(limit, { one: "character", other: "characters" })}.`,
  },

  queue: {
    label: "Waiting messages",
    next: "Goes out when the answer is complete",
    waits: { stopped: "Waits: the answer was stopped", failed: "Waits: the answer failed", interrupted: "Waits: the answer was interrupted" },
    refused: (words) => `Waits: ${words}`,
    sending: "Being queued …",
    sendNow: "Send now",
    edit: "Edit the waiting message",
    remove: "Delete the waiting message",
    text: "Waiting message",
  },

  editor: {
    hint: "Ctrl+S saves; Ctrl+Enter asks anew; Esc leaves it.",
    answerHint: "Ctrl+S saves it; Esc leaves it as it was.",
    temporaryHint: "Ctrl+Enter asks anew; Esc leaves it as it was.",
    rerun: "Update and rerun",
  },

  note: { thanks: "Noted. Would you like to say why?", label: "Your note", hint: "What was good or missing (optional)" },
  forkScopes: {
    path: { label: "Up to here", hint: "The messages that you see, up to this one" },
    branches: { label: "With other versions", hint: "Up to here, with every version along the way" },
    all: { label: "Everything", hint: "The whole conversation with all its branches" },
  },
  figures: {
    model: "Model",
    connection: "Connection",
    firstDelta: "First words after",
    reasoning: "Thinking",
    duration: "Time in all",
    rate: "Speed",
    read: "Read",
    written: "Written",
    ended: "Ended",
    omitted: "Messages left out",
  },
  ended: (status, reason) =>
    ({ stopped: "stopped by you", interrupted: "interrupted", failed: "failed", completed: reason === "length" ? "at the length limit" : "complete" })[status] ?? status,
};
