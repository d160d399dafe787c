/** What of a temporary chat is told to the server: as much as it takes, the newest turns whole. */

import { pageData } from "../page/data.js";
import { codePoints } from "../page/text-length.js";

/** As many as chat/live/protocol.py takes. */
const MESSAGES = 200;
const CHARACTERS = 400_000;
/** What else is in the frame has the rest. */
const SHARE = 0.9;
const FRAME_BYTES = pageData.frame_max_bytes ?? 1_048_576;

const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

/**
 * {transcript, omitted} of `said` ([{role, content}], maybe beginning with a system message, which stays) for a message with
 * this `content`; `omitted` counts the messages that were left out.
 */
export function fitted(said, content) {
  const instructions = said[0]?.role === "system" ? said.slice(0, 1) : [];
  const turns = turnsOf(said.slice(instructions.length));
  const left = { messages: MESSAGES, characters: CHARACTERS, bytes: FRAME_BYTES * SHARE - bytesOf(content) };
  take(left, instructions);
  const kept = [];
  while (turns.length > 0 && take(left, turns.at(-1))) kept.unshift(...turns.pop());
  return { transcript: [...instructions, ...kept], omitted: turns.flat().length };
}

/** A turn is a question with what answers it. */
function turnsOf(messages) {
  const turns = [];
  for (const message of messages) {
    if (message.role === "user" || turns.length === 0) turns.push([message]);
    else turns.at(-1).push(message);
  }
  return turns;
}

/** Takes off what these messages need; false where it is not there. */
function take(left, messages) {
  left.messages -= messages.length;
  left.characters -= messages.reduce((sum, { content }) => sum + codePoints(content), 0);
  left.bytes -= bytesOf(messages);
  return Math.min(left.messages, left.characters, left.bytes) >= 0;
}
