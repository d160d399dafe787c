/**
 * What opens at a press, menus, lists and dialogs, what is done there, what tells of long answers, and what keeps a page for offline
 * days. All of it comes at once (page/later.js).
 */

export { editorFor } from "../elements/editor.js";
export { figuresAt } from "../elements/figures-panel.js";
export { openFork } from "../elements/fork.js";
export { openNote } from "../elements/note.js";
export { openPreferences } from "../elements/preferences.js";
export { beginPromptList } from "../elements/prompt-list.js";
export { Queue } from "../elements/queue.js";
export { openShortcutList } from "../elements/shortcut-list.js";
export { Keeping } from "../live/keeping.js";
export { tellRefused } from "../live/refused-deeds.js";
export { askLeaving, askTitle } from "./dialogs.js";
export { openMenu } from "./menu.js";
export { tellOfEnd } from "./notifications.js";
export { openModelList } from "./model-list.js";
export { installWorker } from "./offline.js";
export { openPrompts } from "./prompts-panel.js";
export { openSettings } from "./settings-panel.js";
