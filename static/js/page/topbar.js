/** The buttons of the topbar that belong to the composer: instructions and parameters, and the temporary chat. */

import { hasSettings } from "../state/settings.js";
import { shownId } from "../state/view.js";
import { panels } from "./later.js";

/** `keep` and `temporary(on)` are what they ask for. */
export function startTopbar(store, { keep, temporary }) {
  const settings = document.querySelector(".topbar__settings");
  const toggle = document.querySelector(".topbar__temporary");
  settings.addEventListener("click", () => panels.use(({ openSettings }) => openSettings(store.state, keep)));
  toggle.addEventListener("click", () => temporary(!store.state.temporary));
  store.subscribe((state) => {
    settings.classList.toggle("topbar__settings--set", hasSettings(state));
    settings.disabled = state.opening !== null;
    const isNew = shownId(state) === null && state.messages.length === 0 && state.outbox.length === 0;
    toggle.hidden = !isNew;
    toggle.setAttribute("aria-pressed", String(state.temporary));
  });
}
