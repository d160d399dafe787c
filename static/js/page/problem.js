/** What a refusal says in the page's language. */

import { strings } from "./strings.js";

/** What a provider's own sentence ends with when the service said something itself (chat/providers/faults.py). */
const SAID = /“(.+)”$/s;

/**
 * `code` decides; a code without words here is told in the server's own sentence. A service's words stay as it said them.
 */
export function problem({ code, message }) {
  const words = strings.problems[code];
  if (!words) return message;
  const said = code.startsWith("provider.") && SAID.exec(message)?.[1];
  return said ? `${words} ${strings.serviceSaid(said)}` : words;
}
