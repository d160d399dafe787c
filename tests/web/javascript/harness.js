/** The smallest test runner: `test(name, check)`, and the outcomes for pytest in `globalThis.outcomes`. */

const tests = [];

export function test(name, check) {
  tests.push({ name, check });
}

export function equal(actual, expected) {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${one} is not ${other}`);
}

export function truthy(value, words = "not true") {
  if (!value) throw new Error(words);
}

/** The next frame, and what it led to. */
export const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

export const waited = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Returns once `check()` is true. */
export async function until(check) {
  for (let tries = 0; !check(); tries += 1) {
    if (tries > 100) throw new Error("it did not come");
    await waited(20);
  }
}

/** Runs what was registered; an outcome is the name and, where it failed, why. */
export async function run() {
  const outcomes = [];
  for (const { name, check } of tests) {
    try {
      await check();
      outcomes.push({ name, failure: null });
    } catch (error) {
      outcomes.push({ name, failure: String(error.stack ?? error) });
    }
  }
  globalThis.outcomes = outcomes;
}
