/** Keys and fingers. */

/** Whether an input method is composing: its Enter and Escape are not ours. Safari tells it by the key code alone. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** Whether a finger is the pointer: then nothing takes the focus unasked, the keyboard would cover the page. */
export const isTouch = () => matchMedia("(pointer: coarse)").matches;

/** The key that sends: as set, but under a finger Enter makes a line, since no screen keyboard has another key for that. */
export const sendKeyOf = (preferences) => (isTouch() ? "ctrl_enter" : preferences?.send_key);

/** Whether this key sends the message, as set: Enter, or only with Ctrl (the command key on a Mac). Shift+Enter never does. */
export function sends(event, sendKey = "enter") {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  return sendKey === "enter" || Boolean(event.ctrlKey || event.metaKey);
}

/** Whether a key is this Latin letter, also on a keyboard whose letters are others: there its place counts. */
export const isLetter = ({ key, code }, letter) => (/^[a-z]$/i.test(key) ? key.toLowerCase() === letter : code === `Key${letter.toUpperCase()}`);
