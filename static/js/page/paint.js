/** Work for the next paint. */

/** In a hidden tab frames stop; text and title go on at this pace. */
const HIDDEN_PACE_MS = 250;

/** Calls back once before the next paint, or soon where there is none. */
export function beforePaint(callback) {
  let done = false;
  const run = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    callback();
  };
  const timer = setTimeout(run, HIDDEN_PACE_MS);
  if (!document.hidden) requestAnimationFrame(run);
}
