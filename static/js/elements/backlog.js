/**
 * Complete answers that wait to be drawn: the newest first, and only some in each task, so that a conversation of long ones can
 * be read at once.
 */

const TASK_MS = 40;

let waiting = [];
let timer = null;

/** Has `draw()` called with the next `drawWaiting()`, or in a later task while `element` is in the page. */
export function drawSoon(element, draw) {
  waiting.push({ element, draw });
  timer ??= setTimeout(goOn);
}

/** Draws what can be drawn in a task. */
export function drawWaiting() {
  const begun = performance.now();
  while (waiting.length > 0 && performance.now() - begun < TASK_MS) waiting.pop().draw();
}

function goOn() {
  timer = null;
  waiting = waiting.filter(({ element }) => element.isConnected);
  drawWaiting();
  if (waiting.length > 0) timer ??= setTimeout(goOn);
}
