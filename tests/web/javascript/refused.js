/** What a panel or a button could not do is said there, stays as it was, and can be tried again. */

import { copyButton } from "/static/js/elements/copy-button.js";
import { openPreferences } from "/static/js/elements/preferences.js";
import { openShortcutList } from "/static/js/elements/shortcut-list.js";
import { openPrompts } from "/static/js/page/prompts-panel.js";
import { openSettings } from "/static/js/page/settings-panel.js";
import { begin, CONVERSATION } from "./events.js";
import { equal, test, until } from "./harness.js";

/** A call that fails as long as `failures` has some; `asked` has what it was called with. */
function refusing(...failures) {
  const asked = [];
  const call = async (...given) => {
    asked.push(...given);
    if (failures.length > 0) throw failures.shift();
  };
  return { asked, call };
}

const UNREACHED = new TypeError("Failed to fetch");
const told = (panel) => panel.querySelector(".notice--error").textContent;
const alone = () => (document.querySelector("dialog")?.remove(), document.body.replaceChildren());

test("instructions that could not be kept stay in their panel, which says why, and are kept the next time", async () => {
  alone();
  const { asked, call } = refusing(UNREACHED);
  openSettings({ settings: { system_prompt: "", parameters: {} }, conversation: CONVERSATION }, call);
  const panel = document.querySelector("dialog");
  panel.querySelector("[name=system_prompt]").value = "Be brief.";
  const save = panel.querySelector("[type=submit]");
  save.click();
  await until(() => told(panel));
  equal([told(panel), panel.open, save.disabled, document.activeElement === save], ["That could not be saved. Try again.", true, false, true]);
  equal(panel.querySelector("[name=system_prompt]").value, "Be brief.");
  save.click();
  await until(() => !document.querySelector("dialog"));
  equal(asked, Array(2).fill({ system_prompt: "Be brief.", parameters: {} }));
});

test("instructions that were typed and closed are there again, for their conversation, until they are thrown away", async () => {
  alone();
  const opened = (conversation, close) => {
    openSettings({ settings: { system_prompt: "Kept.", parameters: {} }, conversation }, async () => {});
    const panel = document.querySelector("dialog");
    const field = panel.querySelector("[name=system_prompt]");
    const before = field.value;
    field.value = "Half an instruction";
    close(panel);
    return until(() => !document.querySelector("dialog")).then(() => before);
  };
  const dismiss = (panel) => panel.close();
  const cancel = (panel) => [...panel.querySelectorAll("button")].find(({ textContent }) => textContent === "Cancel").click();
  equal(await opened(CONVERSATION, dismiss), "Kept.");
  equal(await opened(CONVERSATION, cancel), "Half an instruction");
  equal(await opened(CONVERSATION, dismiss), "Kept.");
  equal(await opened(null, cancel), "Kept.");
});

test("a preference that could not be kept is told in the dialog and taken back, and can be chosen again", async () => {
  alone();
  const { asked, call } = refusing(Object.assign(new Error("It is full."), { code: "server.full" }), UNREACHED);
  openPreferences({ preferences: { ...begin().preferences, theme: "light", shortcuts: true } }, { prefer: call });
  const panel = document.querySelector("dialog");
  const [light, dark] = ["light", "dark"].map((theme) => panel.querySelector(`[value=${theme}]`));
  dark.click();
  await until(() => told(panel));
  equal([told(panel), light.checked, dark.checked], ["It is full.", true, false]);
  const shortcuts = panel.querySelectorAll("[role=switch]")[0];
  shortcuts.click();
  await until(() => told(panel) === "That could not be saved. Try again.");
  equal(shortcuts.checked, true);
  dark.click();
  await until(() => asked.length === 3 && !told(panel));
  equal([dark.checked, asked], [true, [{ theme: "dark" }, { shortcuts: false }, { theme: "dark" }]]);
  panel.close();
});

test("the switch in the list of shortcuts is taken back like any other", async () => {
  alone();
  openShortcutList({ preferences: { shortcuts: true, send_key: "enter" } }, { prefer: refusing(UNREACHED).call });
  const panel = document.querySelector("dialog");
  panel.querySelector("[role=switch]").click();
  await until(() => told(panel));
  equal(panel.querySelector("[role=switch]").checked, true);
  panel.close();
});

test("a prompt library that does not come says so, and comes when it is asked again", async () => {
  alone();
  const kept = [{ id: "1", name: "greet", content: "Hello" }];
  const failures = { list: [UNREACHED], remove: [UNREACHED], add: [UNREACHED] };
  const may = (name) => {
    if (failures[name].length > 0) throw failures[name].shift();
  };
  const library = {
    list: async () => (may("list"), [...kept]),
    remove: async () => (may("remove"), kept.pop()),
    add: async (prompt) => (may("add"), kept.push({ id: "2", ...prompt })),
  };
  const panel = await openPrompts(library);
  const names = () => [...panel.querySelectorAll(".prompts__name")].map(({ textContent }) => textContent);
  const named = (words) => [...panel.querySelectorAll("button")].find((button) => (button.textContent || button.title) === words);
  equal([told(panel), document.activeElement.textContent], ["The prompts could not be loaded.", "Try again"]);
  named("Try again").click();
  await until(() => names().length === 1);
  named("Delete “greet”").click();
  await until(() => told(panel));
  equal([told(panel), names()], ["That could not be saved. Try again.", ["/greet"]]);
  named("Delete “greet”").click();
  await until(() => named("Undo"));
  equal([told(panel), names()], ["", []]);
  named("Undo").click();
  await until(() => told(panel));
  named("Undo").click();
  await until(() => names().length === 1);
  equal([names(), kept], [["/greet"], [{ id: "2", name: "greet", content: "Hello" }]]);
  panel.close();
});

test("a text that the browser does not let into the clipboard is told of, and the button stays as it is", async () => {
  const toasts = [];
  document.addEventListener("scripta:toast", ({ detail }) => toasts.push(detail.text), { once: true });
  const button = copyButton(() => "text", async () => false);
  button.click();
  await until(() => toasts.length > 0);
  equal([toasts, button.title], [["The browser did not allow copying."], "Copy"]);
});
