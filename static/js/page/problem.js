/** What a refusal or a failure says in the page's language. */

import { strings } from "./strings.js";

/** What a provider's own sentence ends with when the service said something itself (chat/providers/faults.py). */
const SAID = /“(.+)”$/s;

/** What a call of the API that threw says: its refusal, or where it was not answered `unanswered`. */
export const failure = (error, unanswered = strings.notSaved) => (error.code ? problem(error) : unanswered);

/**
 * `code` decides; a code without words here is told in the server's own sentence. A service's words stay as it said them.
 */
export function problem({ code, message }) {
  const words = strings.problems[code];
  if (!words) return message;
  const said = code.startsWith("provider.") && SAID.exec(message)?.[1];
  return said ? `${words} ${strings.serviceSaid(said)}` : words;
}
