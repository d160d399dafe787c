/** The visible branch as turns. The answers of several models to one question are one turn: they stand side by side. */

const isTurnMate = (one, other) =>
  one.role === "assistant" && other.role === "assistant" && Boolean(one.turn_id) && one.turn_id === other.turn_id && one.parent_id === other.parent_id;

/** [[message], [message, message], ...]: turn-mates stand next to each other in `messages`. */
export function turnsOf(messages) {
  const turns = [];
  for (const message of messages) {
    const turn = turns.at(-1);
    if (turn && isTurnMate(turn[0], message)) turn.push(message);
    else turns.push([message]);
  }
  return turns;
}

/** The branch up to a message, with the turn that it is part of; all of it where the message is not there. */
export function through(messages, id) {
  if (id === null) return [];
  let end = messages.findIndex((message) => message.id === id);
  if (end < 0) return messages;
  while (end + 1 < messages.length && isTurnMate(messages[end], messages[end + 1])) end += 1;
  return messages.slice(0, end + 1);
}

/** Whether a message is part of the last turn. */
export function isAtEnd(messages, id) {
  return messages.some((message) => message.id === id && through(messages, id).length === messages.length);
}

/** Where a turn-mate of shown messages belongs, oldest first; -1 where none is shown. */
export function placeAmongMates(messages, message) {
  const first = messages.findIndex((other) => isTurnMate(other, message));
  if (first < 0) return -1;
  let place = first;
  while (place < messages.length && isTurnMate(messages[place], message) && messages[place].id < message.id) place += 1;
  return place;
}

/** Which answer of a turn the conversation goes on from: the parent of what follows it, else the head. */
export function chosenOf(turn, following, headId) {
  const id = following?.[0].parent_id ?? headId;
  return turn.find((message) => message.id === id) ?? turn.at(-1);
}
