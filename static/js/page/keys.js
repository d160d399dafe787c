/** Keys and fingers. */

/** Whether an input method is composing: its Enter and Escape are not ours. Safari tells it by the key code alone. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** Whether a finger is the pointer: then nothing takes the focus unasked, the keyboard would cover the page. */
export const isTouch = () => matchMedia("(pointer: coarse)").matches;
