/** The words of what opens at a press; they come with it. As in page/strings.js only one table is loaded. */

const table = document.documentElement.lang.startsWith("ru") ? await import("./strings/ru-panels.js") : await import("./strings/en-panels.js");

export const { panels: panelStrings } = table;
