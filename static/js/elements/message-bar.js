/** The line below a message: its versions, what can be done with it, and for an answer what it took. */

import { ask, iconButton, make } from "../page/dom.js";
import { panels } from "../page/later.js";
import { strings } from "../page/strings.js";
import { copyMessageButton } from "./copy-message.js";
import { feedbackOf, rate } from "./feedback.js";
import { figuresOf } from "./figures.js";
import { siblingsOf } from "./siblings.js";

/**
 * For messages that are not being written. `edit()` opens the editor; `retries`: nothing else beside it offers that. What is
 * temporary is on no server: it can be asked again, and nothing else.
 */
export function messageBar(message, { edit, retries, isLast, temporary }) {
  const kept = isLast || message.siblings.length > 1 ? " message-bar--kept" : "";
  const ways = { user: ownWays, assistant: answerWays }[message.role];
  const parts = ways ? ways(message, { edit, retries, temporary }) : [];
  return make(
    "div",
    { class: `message-bar${kept}` },
    siblingsOf(message),
    message.content !== "" && copyMessageButton(message),
    ...parts,
    message.revised && make("span", { class: "message-bar__mark", title: strings.revisedHint, textContent: strings.revised }),
    message.role === "assistant" && figuresOf(message),
  );
}

function ownWays(message, { edit, temporary }) {
  const change = { name: "pencil", way: "edit", label: strings.edit, run: () => edit() };
  return [wayButton(change), !temporary && moreButton(message, [change, ...keptWays(message)])];
}

function answerWays(message, { edit, retries, temporary }) {
  const change = { name: "pencil", way: "edit", label: strings.edit, run: () => edit() };
  const again = { name: "retry", way: "retry", label: strings.retry, run: (button) => ask(button, "retry", { message }) };
  const other = { name: "models", way: "retry-with", label: strings.retryWith, run: (button) => ask(button, "retry-with", { message, button }) };
  const ratings = ["up", "down"].map((rating) => ({
    name: `thumb-${rating}`,
    way: rating,
    label: strings.feedback[rating],
    run: (button) => rate(button, message, rating),
  }));
  if (temporary) return [retries && wayButton(again), wayButton(other)];
  const written = message.content !== "";
  const more = [other, ...(written ? [...ratings, change] : []), ...keptWays(message)];
  return [retries && wayButton(again), ...(written ? feedbackOf(message) : []), moreButton(message, more)];
}

function wayButton({ name, way, label, run }) {
  const button = iconButton(name, label, () => run(button));
  button.dataset.way = way;
  return button;
}

const keptWays = (message) => [
  { name: "fork", label: strings.fork, run: (button) => panels.use(({ openFork }) => openFork(button, message)) },
  { name: "trash", label: strings.remove, danger: true, run: (button) => ask(button, "delete", { message }) },
];

/** Everything else, and what has a button that there is no room for. */
function moreButton(message, ways) {
  const button = iconButton("more", strings.moreWays, () => {
    const bar = button.closest(".message-bar");
    const isShown = ({ way }) => bar.querySelector(`[data-way="${way}"]`)?.checkVisibility();
    const listed = ways.filter((way) => !isShown(way));
    const entries = listed.map(({ name, label, danger, run }) => ({ icon: name, label, danger, choose: () => afterMenu(() => run(button)) }));
    panels.use(({ openMenu }) => openMenu(button, entries));
  });
  button.dataset.way = "more";
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  return button;
}

/** What opens in the menu's place opens once the menu is gone and has given the focus back. */
const afterMenu = (run) => requestAnimationFrame(() => run());
