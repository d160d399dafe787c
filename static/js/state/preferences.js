/** Reduces how the reader wants the page to be. */

export function reducePreferences(state, event) {
  if (event.type !== "preferences.updated") return state;
  return { ...state, preferences: event.preferences };
}
