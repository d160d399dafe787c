/** The navigator between the versions of a message: 2/3, with buttons and arrow keys. */

import { ask, iconButton, make } from "../page/dom.js";
import { strings } from "../page/strings.js";

/** Null where there is one version only. */
export function siblingsOf({ id, siblings }) {
  if (siblings.length < 2) return null;
  const index = siblings.indexOf(id);
  const turn = (node, to) => to in siblings && ask(node, "branch", { messageId: siblings[to] });
  const way = (name, key, label, to) => {
    const button = iconButton(name, label, (event) => turn(event.currentTarget, to));
    button.dataset.way = key;
    // A disabled button would drop the focus of whoever steps with it.
    if (!(to in siblings)) button.setAttribute("aria-disabled", "true");
    return button;
  };
  const group = make(
    "span",
    { class: "siblings", role: "group", "aria-label": strings.versions(index + 1, siblings.length) },
    way("chevron-left", "previous", strings.previousVersion, index - 1),
    make("span", { class: "siblings__count", "aria-hidden": "true", textContent: strings.version(index + 1, siblings.length) }),
    way("chevron-right", "next", strings.nextVersion, index + 1),
  );
  group.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    turn(group, index + step);
  });
  return group;
}
