/** Which models a conversation is asked with. */

/**
 * `{connection_id, model_id}` of each: the columns of the last turn that is shown, as far as their connections are still
 * known by name, else the conversation's own model; none in a new one.
 */
export function chosenIn({ conversation, messages, models }) {
  if (!conversation) return [];
  const last = messages.findLast(({ role }) => role === "assistant");
  const columns = messages.filter((message) => last && message.turn_id === last.turn_id && message.parent_id === last.parent_id);
  const named = columns.map((message) => models.find((model) => isOf(message, model)));
  if (columns.length > 1 && named.every(Boolean)) return named;
  return [{ connection_id: conversation.connection, model_id: conversation.model_id }];
}

const isOf = ({ generation }, { connection, model_id }) => generation?.connection === connection && generation.model_id === model_id;

/** The model that wrote an answer, where it can still be asked; null else. */
export function sameModel({ models }, message) {
  return models?.find((model) => model.available && isOf(message, model)) ?? null;
}
