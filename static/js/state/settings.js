/** Reduces system prompt and parameters: those of the open conversation, or those that a new one will begin with. */

export const NO_SETTINGS = { system_prompt: "", parameters: {} };

/** Lists leave them out; a snapshot has them. */
export const settingsOf = (conversation) => ({
  system_prompt: conversation?.system_prompt ?? "",
  parameters: conversation?.parameters ?? {},
});

export function reduceSettings(state, event) {
  switch (event.type) {
    case "conversation.snapshot":
    case "conversation.updated":
      return isToldHere(state, event) ? { ...state, settings: settingsOf(event.conversation) } : state;
    case "page.settings":
      return { ...state, settings: event.settings };
    case "page.opening":
    case "page.new":
    case "page.lost":
      return { ...state, settings: NO_SETTINGS };
    default:
      return state;
  }
}

const isToldHere = (state, { conversation }) => conversation.id === state.conversation?.id && conversation.system_prompt !== undefined;

export const hasSettings = ({ settings }) => settings.system_prompt !== "" || Object.keys(settings.parameters).length > 0;
