/** Time that passes when the test says so. */

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: performance.now.bind(performance) };

/** Replaces the page's timers and its `performance.now`; `pass(milliseconds)` lets time go by, `stop()` gives the real ones back. */
export function stoppedClock() {
  const timers = new Map();
  let time = 0;
  let ids = 0;
  globalThis.setTimeout = (deed, delay = 0) => {
    timers.set((ids += 1), { deed, at: time + delay });
    return ids;
  };
  globalThis.clearTimeout = (id) => timers.delete(id);
  performance.now = () => time;
  const next = (end) => [...timers].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at)[0];
  return {
    pass(milliseconds) {
      const end = time + milliseconds;
      for (let due = next(end); due; due = next(end)) {
        timers.delete(due[0]);
        time = due[1].at;
        due[1].deed();
      }
      time = end;
    },
    stop() {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      performance.now = real.now;
    },
  };
}
