/** Loads the test module that the address names, and runs it. */

import { run } from "./harness.js";

const name = new URLSearchParams(location.search).get("module");

try {
  await import(`./${name}.js`);
  await run();
} catch (error) {
  globalThis.outcomes = [{ name, failure: String(error.stack ?? error) }];
}
