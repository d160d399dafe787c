/** Opens and closes the sidebar: a column that folds on wide screens, a sheet over the page on phones. */

import { isSomethingOpen } from "./dom.js";
import { isComposing } from "./keys.js";

const narrow = matchMedia("(max-width: 56rem)");
/** The server reads it, so that a folded sidebar is folded from the first paint (templates/chat/conversation.html). */
const COOKIE = "sidebar";
const YEAR_SECONDS = 31_536_000;

export class Sidebar {
  #sidebar = document.querySelector(".sidebar");
  #opener = document.querySelector(".topbar__sidebar");
  #account = document.querySelector(".account");
  #isOpen = !narrow.matches && document.body.dataset.sidebar !== "folded";

  constructor() {
    for (const button of document.querySelectorAll('[data-action="toggle-sidebar"]')) button.addEventListener("click", () => this.toggle());
    this.#sidebar.addEventListener("click", (event) => narrow.matches && event.target.closest("a[href]") && this.#set(false));
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("click", (event) => this.#account.contains(event.target) || (this.#account.open = false));
    this.#account.addEventListener("click", ({ target }) => target.closest(".account__way") && this.#leaveAccount(), { capture: true });
    narrow.addEventListener("change", () => this.#set(!narrow.matches && !isFolded()));
    this.#set(this.#isOpen);
  }

  /** The focus goes along: into what opened, or to the button that opens it again. */
  toggle() {
    this.#set(!this.#isOpen);
    if (!narrow.matches) keep(this.#isOpen);
    if (this.#isOpen) this.#sidebar.querySelector(".sidebar__close").focus();
    else this.#opener.focus();
  }

  #set(open) {
    this.#isOpen = open;
    document.body.dataset.sidebar = open ? "open" : narrow.matches ? "closed" : "folded";
    this.#opener.setAttribute("aria-expanded", String(open));
    for (const part of document.querySelectorAll(".stage, .skip-link")) part.inert = narrow.matches && open;
  }

  /** The focus first: a dialog that opens from there gives it back to what is still to be seen. */
  #leaveAccount() {
    this.#account.querySelector("summary").focus();
    this.#account.open = false;
  }

  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || isComposing(event)) return;
    if (this.#account.open) this.#leaveAccount();
    else if (narrow.matches && this.#isOpen && !isSomethingOpen()) this.toggle();
  }
}

const isFolded = () => document.cookie.split("; ").includes(`${COOKIE}=folded`);

function keep(open) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=folded; Path=/; SameSite=Lax; Max-Age=${open ? 0 : YEAR_SECONDS}${secure}`;
}
