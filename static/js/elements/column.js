/** The head of one of several answers to the same question: who writes it, Stop, and whether the conversation goes on from it. */

import { ask, icon, iconButton, make } from "../page/dom.js";
import { strings } from "../page/strings.js";

/** `chosen`: what is asked next follows this answer; `stopping`: Stop is on its way. */
export function columnHead(author, message, { chosen, stopping }) {
  const name = make("span", { class: "column__name", textContent: author, title: author });
  return [name, message.generation?.status === "running" ? stopButton(message, stopping) : choice(message, chosen)];
}

function stopButton(message, stopping) {
  const stop = iconButton("stop", strings.stop, (event) => ask(event.currentTarget, "stop", { generationId: message.generation.id }));
  stop.disabled = stopping;
  stop.dataset.way = "stop";
  return stop;
}

function choice(message, chosen) {
  if (message.pending) return null;
  if (chosen) return make("span", { class: "column__chosen", title: strings.columnChosenHint }, icon("check"), strings.columnChosen);
  const choose = (event) => ask(event.currentTarget, "branch", { messageId: message.id });
  const button = make("button", { type: "button", class: "button button--small column__choose", on: { click: choose } }, strings.columnChoose);
  button.dataset.way = "choose";
  return button;
}
