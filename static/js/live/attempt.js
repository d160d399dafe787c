/** Runs a call of the API that a person has asked for. */

import { failure } from "../page/problem.js";
import { strings } from "../page/strings.js";
import { toast } from "../page/toasts.js";

const GONE = 404;

/**
 * The answer of `call()`, true where it has none. Where it fails: null, and a toast that says what is not done, `words`, and why,
 * with a button for `again()` unless what it was about is gone.
 */
export async function attempt(words, call, again = null) {
  try {
    return (await call()) ?? true;
  } catch (error) {
    const way = again && error.status !== GONE ? { label: strings.tryAgain, run: again } : null;
    toast(`${words} ${failure(error, strings.unreached)}`, way);
    return null;
  }
}
