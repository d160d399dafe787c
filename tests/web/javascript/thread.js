/** A thread in the page of the tests, and what happens in it. */

import "/static/js/elements/thread.js";
import { make } from "/static/js/page/dom.js";
import { message } from "./events.js";

const END = { id: "g", status: "completed", model_id: "m", connection: "here", finish_reason: "stop", usage: { input_tokens: 12, output_tokens: 40 }, timings: { first_delta_ms: 100, duration_ms: 2100, reasoning_ms: 900 }, error: null, omitted_messages: 3 };
export const answer = (id, parent, fields = {}) => message(id, parent, { role: "assistant", generation: { ...END, id: `g-${id}` }, ...fields });

export function thread() {
  const element = document.createElement("scripta-thread");
  document.body.replaceChildren(make("div", { class: "stage__scroll" }, element));
  element.begin();
  const asked = [];
  for (const action of ["edit", "save", "left", "branch", "retry", "rate", "delete", "fork", "older", "stop", "editor-gone"]) {
    element.addEventListener(`scripta:${action}`, ({ detail }) => asked.push([action, detail]));
  }
  const way = (name, within = element) => within.querySelector(`[data-way="${name}"]`);
  return { element, asked, way };
}

export const press = (node, key, fields = {}) => node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...fields }));
