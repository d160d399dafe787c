/** What opens at a press or under the pointer, and what the API refuses: nothing that was typed is lost by either. */

import "/static/js/elements/conversation-list.js";
import { figuresOf } from "/static/js/elements/figures.js";
import { openNote } from "/static/js/elements/note.js";
import { Keeping } from "/static/js/live/keeping.js";
import { MessageActions } from "/static/js/live/messages.js";
import { make } from "/static/js/page/dom.js";
import { wayTo } from "/static/js/page/navigation.js";
import { after, begin, CONVERSATION, message, open } from "./events.js";
import { equal, test, truthy, until, waited } from "./harness.js";

const ANSWER = message("a", "q", { role: "assistant", generation: { id: "g", status: "completed", model_id: "m", connection: "here", usage: { output_tokens: 4 }, timings: {} } });

const moved = (node, type) => node.dispatchEvent(new PointerEvent(type, { pointerType: "mouse" }));
const figures = () => document.querySelector(".figures-panel");

function line() {
  const button = figuresOf(ANSWER);
  document.body.replaceChildren(make("div", { class: "message" }, button, make("button", { class: "thumb" })));
  return { button, thumb: document.querySelector(".thumb") };
}

test("the figures stay while the pointer is on the line or on them, and go when it has left both", async () => {
  const { button } = line();
  moved(button, "pointerenter");
  await until(figures);
  moved(button, "pointerleave");
  moved(figures(), "pointerenter");
  await waited(300);
  truthy(figures(), "they went under the pointer");
  moved(figures(), "pointerleave");
  moved(button, "pointerenter");
  await waited(300);
  truthy(figures(), "they went on the way back");
  moved(button, "pointerleave");
  truthy(figures(), "they went at once");
  await until(() => !figures());
});

test("where the line was drawn anew under the pointer, its figures go with the pointer too", async () => {
  const { button } = line();
  moved(button, "pointerenter");
  await until(figures);
  const first = figures();
  const again = figuresOf(ANSWER);
  button.replaceWith(again);
  moved(again, "pointerenter");
  await until(() => figures() && figures() !== first);
  moved(again, "pointerleave");
  await until(() => !figures());
});

test("a pointer that comes by closes nothing that is open", async () => {
  const { button, thumb } = line();
  openNote(thumb, ANSWER, "down");
  document.querySelector(".note textarea").value = "half written";
  moved(button, "pointerenter");
  await waited(500);
  equal([document.querySelector(".note textarea")?.value, figures()], ["half written", null]);
  document.querySelector(".note").hidePopover();
  await until(() => !document.querySelector(".note"));
});

test("a note that was closed or not taken is there when it is opened again, for its own rating", async () => {
  const { thumb } = line();
  const write = async (words, leave) => {
    openNote(thumb, ANSWER, "down");
    const note = document.querySelector(".note textarea");
    const before = note.value;
    note.value = words;
    note.dispatchEvent(new Event("input", { bubbles: true }));
    leave(note);
    await until(() => !document.querySelector(".note"));
    await waited(200); // the press that closes does not open
    return before;
  };
  equal(await write("Wrong river", (note) => note.closest(".note").hidePopover()), "");
  equal(await write("Wrong river, and late", (note) => note.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true }))), "Wrong river");
  equal(await write("", (note) => note.closest(".note").hidePopover()), "Wrong river, and late");
  openNote(thumb, ANSWER, "up");
  equal(document.querySelector(".note textarea").value, "");
  document.querySelector(".note").hidePopover();
});

/** Runs `check({calls, toasts})` where the API fails as long as `answers` has failures, and succeeds after them. */
async function failing(answers, check) {
  const { fetch } = globalThis;
  const [calls, toasts] = [[], []];
  const listening = new AbortController();
  globalThis.fetch = async (address, { method, body }) => {
    calls.push([method, address, body && JSON.parse(body)]);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer ? new Response(JSON.stringify(answer), { status: answer.status }) : new Response("{}");
  };
  document.addEventListener("scripta:toast", ({ detail }) => toasts.push(detail), { signal: listening.signal });
  try {
    await check({ calls, toasts });
  } finally {
    globalThis.fetch = fetch;
    listening.abort();
  }
}

const controller = { state: begin(), deleted: new Set(), dispatch: () => {}, show: () => {} };
const keeping = new Keeping(controller);
const actions = new MessageActions(controller);
const DEEDS = {
  rename: () => keeping.rename({ conversation: CONVERSATION, title: "Streams" }),
  pin: () => keeping.pin({ conversation: CONVERSATION }),
  "remove a conversation": () => keeping.remove({ conversation: CONVERSATION }),
  "remove a message": () => actions.remove({ message: ANSWER }),
  rate: () => actions.rate({ message: ANSWER, rating: "down", note: "Wrong" }),
  fork: () => actions.fork({ message: ANSWER, scope: "path" }, () => actions.fork({ message: ANSWER, scope: "path" })),
};

const SAID = {
  rename: "The title is not changed.",
  pin: "The pin is not changed.",
  "remove a conversation": "The conversation is not deleted.",
  "remove a message": "The message is not deleted.",
  rate: "The rating is not saved.",
  fork: "The new conversation is not made.",
};

for (const [name, deed] of Object.entries(DEEDS)) {
  test(`${name}: a failure says what has not happened and why, and is tried again as it was`, () =>
    failing([new TypeError("Failed to fetch")], async ({ calls, toasts }) => {
      await deed();
      equal([calls.length, toasts[0].text, toasts[0].action.label], [1, `${SAID[name]} The server could not be reached.`, "Try again"]);
      await toasts[0].action.run();
      equal([calls.length, calls[1]], [2, calls[0]]);
      truthy(toasts.slice(1).every(({ action }) => action?.label === "Undo"));
    }));
}

test("what could not be deleted here is told when it is deleted elsewhere", () =>
  failing([new TypeError("Failed to fetch")], async () => {
    controller.deleted.clear();
    await DEEDS["remove a conversation"]();
    equal([...controller.deleted], []);
    await DEEDS["remove a conversation"]();
    equal([...controller.deleted], [CONVERSATION.id]);
  }));

test("what is gone is not offered to be tried again", () =>
  failing([{ status: 404, code: "conversation.not_found", message: "It is gone." }], async ({ toasts }) => {
    await DEEDS.rename();
    equal([toasts.length, toasts[0].text, toasts[0].action], [1, "The title is not changed. It is gone.", null]);
  }));

test("a title that could not be kept stands in the dialog when it is opened again", async () => {
  const list = document.createElement("scripta-conversation-list");
  document.body.replaceChildren(make("main", {}, list));
  const asked = [];
  list.addEventListener("scripta:rename", ({ detail }) => asked.push(detail.title));
  const rename = async (title) => {
    list.querySelector(".list__more-button").click();
    [...document.querySelectorAll("[role=menuitem]")].find(({ textContent }) => textContent === "Rename").click();
    const field = document.querySelector("dialog input");
    const before = field.value;
    field.value = title;
    field.form.querySelector("[type=submit]").click();
    await until(() => !document.querySelector("dialog"));
    return before;
  };
  list.show(begin({ list: { items: [CONVERSATION], next_cursor: null } }));
  const seen = [await rename("Streams"), await rename("Brooks")];
  equal([seen, asked], [["Rivers", "Streams"], ["Streams", "Brooks"]]);
  list.show(begin({ list: { items: [{ ...CONVERSATION, title: "Brooks" }], next_cursor: null } }));
  equal([await rename("Lakes"), asked], ["Brooks", ["Streams", "Brooks", "Lakes"]]);
});

test("there is one way to another conversation: it changes the address, and asks where something would be lost", async () => {
  const shown = [];
  const id = "01a20246-0000-7000-8000-00000000000b";
  const store = { state: open(message("q", null)) };
  const goTo = wayTo({ store, show: (conversationId) => shown.push(conversationId) });
  const before = location.href;
  goTo(id);
  equal([shown, location.pathname], [[id], `/c/${id}/`]);
  store.state = { ...after(begin(), { type: "page.temporary", on: true }), messages: [message("q", null)] };
  history.pushState(null, "", before);
  goTo(id);
  await until(() => document.querySelector("dialog"));
  equal([shown.length, location.href], [1, before]);
  document.querySelector("dialog [type=submit]").click();
  await until(() => shown.length === 2);
  history.pushState(null, "", before);
});

test("what the page shows follows a refused preference back, and nothing else that changed meanwhile", async () => {
  let preferences = { theme: "light", text_size: "normal" };
  const shown = new Keeping({
    get state() {
      return { preferences };
    },
    dispatch: (event) => ({ preferences } = event),
  });
  await failing([{ status: 500, code: "server.error", message: "No." }], async () => {
    const refused = shown.prefer({ theme: "dark" }).catch(({ code }) => code);
    equal(preferences.theme, "dark");
    await shown.prefer({ text_size: "large" });
    equal([await refused, preferences], ["server.error", { theme: "light", text_size: "large" }]);
  });
});
