/** Begins the page: puts store, socket and elements together. Events go up, state goes down. */

import "./elements/banner.js";
import "./elements/composer.js";
import "./elements/conversation-list.js";
import "./elements/greeting.js";
import "./elements/model-picker.js";
import "./elements/notices.js";
import "./elements/thread.js";
import { Actions } from "./live/actions.js";
import { Controller } from "./live/controller.js";
import { messagesOfPage, pageData } from "./page/data.js";
import { startNavigation } from "./page/navigation.js";
import { ScrollKeeper } from "./page/scroll-keeper.js";
import { startSidebar } from "./page/sidebar.js";
import { initialState, reduce } from "./state/reduce.js";
import { Store } from "./state/store.js";
import { visibleMessages } from "./state/view.js";

const find = (selector) => document.querySelector(selector);
const stage = find(".stage");
const thread = find("scripta-thread");
const composer = find("scripta-composer");
const picker = find("scripta-model-picker");
const greeting = find("scripta-greeting");
const latest = find(".composer__latest");

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
}

hear("model", () => {
  greeting.show(picker);
  composer.refresh();
});
thread.begin();
composer.begin(picker);
const keeper = new ScrollKeeper(find(".stage__scroll"), find(".thread-frame"), (holding) => (latest.hidden = holding));
latest.addEventListener("click", () => keeper.hold());

for (const action of ["edit", "continue", "stop", "branch", "more", "rename", "remove"]) {
  hear(action, (detail) => actions[action](detail));
}
hear("send", (detail) => {
  actions.send(detail);
  keeper.hold();
});
hear("retry", ({ message }) => actions.retry({ message, choice: picker.choice }));
hear("older", () => actions.older());
hear("dismiss", () => controller.notice(null));
hear("taken", ({ item }) => controller.dispatch({ type: "page.returned.taken", item }));
hear("discard", ({ item }) => controller.dispatch({ type: "page.returned.discarded", item }));
hear("put-back", ({ item }) => {
  composer.putBack(item.content);
  controller.dispatch({ type: "page.returned.discarded", item });
});

startSidebar();
startNavigation({
  store,
  isOnline: () => store.state.link.status === "open",
  show: (conversationId) => {
    controller.show(conversationId);
    keeper.hold();
  },
});
store.subscribe(show);
const others = ["scripta-notices", "scripta-conversation-list", "scripta-banner"].map(find);
for (const element of [picker, composer, ...others]) {
  store.subscribe((state) => element.show(state));
}
controller.start();
