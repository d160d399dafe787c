/** Begins the page: puts store, socket and elements together. Events go up, state goes down. */

import { drawKeeping } from "./elements/backlog.js";
import "./elements/banner.js";
import "./elements/composer.js";
import "./elements/conversation-list.js";
import "./elements/greeting.js";
import "./elements/model-picker.js";
import "./elements/notices.js";
import "./elements/temporary.js";
import { Latest } from "./elements/latest.js";
import "./elements/thread.js";
import "./elements/toasts.js";
import { Actions } from "./live/actions.js";
import { Controller } from "./live/controller.js";
import { messagesOfPage, pageData } from "./page/data.js";
import { markdown, warmUp } from "./page/later.js";
import { startNavigation, wayTo } from "./page/navigation.js";
import { ScrollKeeper } from "./page/scroll-keeper.js";
import { wireThread } from "./page/thread-wiring.js";
import { startShell } from "./page/shell.js";
import { startWriting } from "./page/writing.js";
import { initialState, reduce } from "./state/reduce.js";
import { Store } from "./state/store.js";
import { visibleMessages } from "./state/view.js";

const find = (selector) => document.querySelector(selector);
const stage = find(".stage");
const thread = find("scripta-thread");
const composer = find("scripta-composer");
const picker = find("scripta-model-picker");
const greeting = find("scripta-greeting");
const latest = new Latest(find(".composer__latest"), () => {
  keeper.glide();
  composer.goOn();
});

// What the server wrote as plain text is not to be plain text once more.
if (pageData.messages.length > 0) await markdown.warm();

const store = new Store(reduce, initialState({ ...pageData, messages: messagesOfPage() }));
const scheme = location.protocol === "https:" ? "wss:" : "ws:";
const controller = new Controller(store, `${scheme}//${location.host}/ws/`);
const actions = new Actions(controller);

function hear(action, handle) {
  document.addEventListener(`scripta:${action}`, ({ detail }) => handle(detail));
}

function show(state) {
  const empty = state.opening === null && visibleMessages(state).length === 0;
  stage.classList.toggle("stage--empty", empty);
  greeting.hidden = !empty;
  keeper.keepPlace(thread.anchorFor(state), () => thread.show(state));
  keeper.follow();
  latest.show(visibleMessages(state));
}

hear("model", () => {
  greeting.show(picker);
  composer.refresh();
});
thread.begin();
let held;
store.subscribe(() => (held = document.activeElement));
const sending = startWriting({ store, controller, hear, composer, picker });
const keeper = new ScrollKeeper(find(".stage__scroll"), find(".thread-frame"), (holding) => latest.hold(holding));

drawKeeping((draw) => keeper.keepPlace(keeper.holding ? null : thread.anchorInView, draw));

for (const action of ["continue", "stop", "branch", "more"]) {
  hear(action, (detail) => actions[action](detail));
}
hear("send", (detail) => {
  sending.send(detail);
  keeper.hold();
});
hear("older", () => actions.older());
hear("dismiss", () => controller.notice(null));
hear("taken", ({ item }) => controller.dispatch({ type: "page.returned.taken", item }));
hear("discard", ({ item }) => controller.dispatch({ type: "page.returned.discarded", item }));
hear("put-back", ({ item }) => {
  composer.putBack(item.content);
  controller.dispatch({ type: "page.returned.discarded", item });
});

const go = (conversationId) => {
  controller.show(conversationId);
  keeper.hold();
};
const goTo = wayTo({ store, show: go });
startShell({ store, controller, goTo });
wireThread({ hear, controller, actions, sending, thread, picker, goTo });
startNavigation({ store, isOnline: () => store.state.link.status === "open", show: go, goTo });
store.subscribe(show);
const others = ["scripta-notices", "scripta-conversation-list", "scripta-banner"].map(find);
for (const element of [picker, composer, ...others]) {
  store.subscribe((state) => element.show(state));
}
store.subscribe(({ link }) => (document.body.dataset.link = link.status));
// Whoever had the focus on what a change has taken away, and was given no other place by it, goes on writing.
store.subscribe(() => {
  const isGone = !held.isConnected || held.disabled || held.closest("[hidden]");
  if (isGone && [held, document.body].includes(document.activeElement)) composer.goOn();
});
controller.start();
warmUp();
/** A key that is pressed before this is heard by nobody: who drives the page from outside waits for it. */
document.body.dataset.begun = "";
