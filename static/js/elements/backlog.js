/**
 * Complete answers that wait to be drawn: the newest first, and only some in each task, so that a conversation of long ones can
 * be read at once.
 */

const TASK_MS = 40;

let waiting = [];
let timer = null;
let keepingPlace = (draw) => draw();

/** Has `draw()` called with the next `drawWaiting()`, or in a later task while `element` is in the page. */
export function drawSoon(element, draw) {
  waiting.push({ element, draw });
  timer ??= setTimeout(goOn);
}

/** `keeping(draw)` calls `draw()` and leaves what the reader sees where it is: what is drawn above has another height than before. */
export function drawKeeping(keeping) {
  keepingPlace = keeping;
}

/** Draws what can be drawn in a task. */
export function drawWaiting() {
  const begun = performance.now();
  while (waiting.length > 0 && performance.now() - begun < TASK_MS) waiting.pop().draw();
}

function goOn() {
  timer = null;
  waiting = waiting.filter(({ element }) => element.isConnected);
  keepingPlace(drawWaiting);
  if (waiting.length > 0) timer ??= setTimeout(goOn);
}
