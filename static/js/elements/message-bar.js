/** The line below a message: its versions, what can be done with it, and for an answer what it took. */

import { ask, iconButton, make } from "../page/dom.js";
import { duration, strings } from "../page/strings.js";
import { copyButton } from "./copy-button.js";

/** For an answer that is complete or ended otherwise, and for messages of people. */
export function messageBar(message, { edit, retry } = {}) {
  const own = message.role === "user";
  const kept = message.siblings.length > 1 ? " message-bar--kept" : "";
  return make(
    "div",
    { class: `message-bar${kept}` },
    siblingsOf(message),
    message.content !== "" && copyButton(() => message.content),
    own && edit && iconButton("pencil", strings.edit, edit),
    retry && iconButton("retry", strings.retry, (event) => ask(event.target, "retry", { message })),
    !own && figuresOf(message),
  );
}

function siblingsOf({ id, siblings }) {
  if (siblings.length < 2) return null;
  const index = siblings.indexOf(id);
  const way = (name, label, to) => {
    const button = iconButton(name, label, (event) => ask(event.target, "branch", { messageId: siblings[to] }));
    button.disabled = !(to in siblings);
    return button;
  };
  return make(
    "span",
    { class: "siblings" },
    way("chevron-left", strings.previousVersion, index - 1),
    make("span", { class: "siblings__count", textContent: strings.version(index + 1, siblings.length) }),
    way("chevron-right", strings.nextVersion, index + 1),
  );
}

function figuresOf({ model_id, generation }) {
  const { timings, usage } = generation ?? {};
  const figure = (text, title) => text && make("span", { class: "message-bar__figure", textContent: text, title: title ?? "" });
  const written = usage?.output_tokens;
  return make(
    "span",
    { class: "message-bar__figures" },
    figure(generation?.model_id || model_id, generation?.connection),
    figure(timings?.first_delta_ms != null && strings.firstDelta(timings.first_delta_ms)),
    figure(timings?.duration_ms != null && strings.lasted(timings.duration_ms), duration(timings?.duration_ms ?? 0)),
    figure(written != null && strings.tokens(written), usage?.input_tokens != null ? strings.tokensDetail(usage.input_tokens, written) : ""),
  );
}
