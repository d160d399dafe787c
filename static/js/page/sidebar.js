/** Opens and closes the sidebar: a column that folds on wide screens, a sheet over the page on phones. */

const narrow = matchMedia("(max-width: 56rem)");

export function startSidebar() {
  const { body } = document;
  const sidebar = document.querySelector(".sidebar");
  const opener = document.querySelector(".topbar__sidebar");
  const stage = document.querySelector(".stage");

  const set = (state) => {
    body.dataset.sidebar = state;
    opener.setAttribute("aria-expanded", String(state === "open"));
    stage.inert = narrow.matches && state === "open";
  };
  const toggle = () => {
    const open = narrow.matches ? body.dataset.sidebar === "open" : body.dataset.sidebar !== "folded";
    set(open ? closed() : "open");
    if (open) opener.focus();
    else sidebar.querySelector("button, a").focus();
  };
  const closed = () => (narrow.matches ? "closed" : "folded");

  for (const button of document.querySelectorAll('[data-action="toggle-sidebar"]')) button.addEventListener("click", toggle);
  sidebar.addEventListener("click", (event) => narrow.matches && event.target.closest("a") && set("closed"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && narrow.matches && body.dataset.sidebar === "open") toggle();
  });
  narrow.addEventListener("change", () => set(narrow.matches ? "closed" : "open"));
  set(narrow.matches ? "closed" : "open");
}
