/** Reduces whether the page shows a temporary chat: one of which nothing is kept but what this page has. */

import { headId, pendingHere } from "./view.js";

export function reduceTemporary(state, event) {
  switch (event.type) {
    case "page.temporary":
      return isBegun(state) ? state : { ...state, temporary: event.on };
    case "page.temporary.gone":
      return state.temporary ? forgotten(state) : state;
    case "page.opening":
    case "page.new":
    case "page.lost":
      return { ...state, temporary: false };
    default:
      return state;
  }
}

const isBegun = (state) => state.conversation !== null || state.opening !== null || pendingHere(state).length > 0;

/** The server knows it no more: what is shown stays, and the next message takes it along into a new one. */
function forgotten(state) {
  const messages = state.messages.map((message) =>
    message.generation?.status === "running" ? { ...message, generation: { ...message.generation, status: "interrupted" } } : message,
  );
  return { ...state, messages, conversation: null, running: {}, stale: false };
}

/**
 * What the model has to know of a temporary chat, which no server keeps: its instructions, and what was said up to the head
 * or, for a question that is asked again, before it. Questions without an answer are left out.
 */
export function transcriptOf(state, question = null) {
  const byId = new Map(state.messages.map((message) => [message.id, message]));
  const said = [];
  for (let message = byId.get(question ? question.parent_id : headId(state)); message; message = byId.get(message.parent_id)) said.unshift(message);
  const answered = said.filter((message, index) => message.content.trim() !== "" && (message.role !== "user" || said[index + 1]?.content.trim()));
  const { system_prompt } = state.settings;
  const instructions = system_prompt ? [{ role: "system", content: system_prompt }] : [];
  return [...instructions, ...answered.map(({ role, content }) => ({ role, content }))];
}

/** Whether leaving the page loses something. */
export const wouldLose = (state) => state.temporary && (state.messages.length > 0 || pendingHere(state).length > 0);
