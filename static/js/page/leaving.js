/** Asks before a temporary chat is left: what was written there is nowhere else. */

import { wouldLose } from "../state/temporary.js";
import { panels } from "./later.js";

/** The browser itself asks where the page is closed or loaded anew, in its own words. */
export function guardLeaving(store) {
  addEventListener("beforeunload", (event) => {
    if (wouldLose(store.state)) event.preventDefault();
  });
}

/** Calls `go` at once where nothing is lost; else `go` or `stay`, as the person says. */
export function leaving(state, go, stay = () => {}) {
  if (!wouldLose(state)) return go();
  return panels.use(({ askLeaving }) => askLeaving(go, stay));
}
