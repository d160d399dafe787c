/** Loads the test module that the address names, and runs it. */

import { markdown, panels } from "/static/js/page/later.js";
import { run } from "./harness.js";

const name = new URLSearchParams(location.search).get("module");

try {
  // What a page has once it is idle.
  await Promise.all([markdown.warm(), panels.warm()]);
  await import(`./${name}.js`);
  await run();
} catch (error) {
  globalThis.outcomes = [{ name, failure: String(error.stack ?? error) }];
}
