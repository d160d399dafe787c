/**
 * Has diagrams drawn by a sandboxed frame, one after the other, and hands them back as pictures.
 *
 * The frame's text is as hostile as the model's: a picture loads nothing and runs nothing, and what could keep the page busy
 * when it is shown is refused. A frame that does not answer in time is thrown away, the next diagram gets another one.
 */

import { make } from "../page/dom.js";
import { pageData } from "../page/data.js";
import { diagramTheme } from "./theme.js";

const DEADLINE_MS = 10_000;
const LARGEST = 1_000_000; // characters of SVG
const WIDEST = 8_000; // CSS pixels
const REFUSED = /<(?:[\w.-]+:)?(?:script|use|image|feimage|iframe|object|embed|audio|video|animate\w*|set)\b/i;

let frame = null;
let count = 0;
let last = Promise.resolve();

/** The picture of a diagram: {address, width, height}, or null where it cannot be drawn. Settles within the deadline. */
export function paint(source) {
  last = last.then(() => drawn(source));
  return last;
}

async function drawn(source) {
  const id = (count += 1);
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  try {
    frame ??= await opened(deadline);
    const answer = heard((data) => data.id === id, deadline);
    frame.contentWindow.postMessage({ id, source, theme: diagramTheme() }, "*");
    return picture(await answer);
  } catch {
    frame?.remove();
    frame = null;
    return null;
  }
}

async function opened(deadline) {
  frame = make("iframe", { class: "diagram-frame", sandbox: "allow-scripts", tabIndex: -1, "aria-hidden": "true", src: pageData.urls.diagram });
  const ready = heard((data) => data.ready === true, deadline);
  document.body.append(frame);
  await ready;
  return frame;
}

/** The next message of the frame that fits. */
function heard(fits, deadline) {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const end = (settle, value) => {
      listening.abort();
      settle(value);
    };
    const { signal } = listening;
    addEventListener("message", ({ source, data }) => source === frame?.contentWindow && data && fits(data) && end(resolve, data), { signal });
    deadline.addEventListener("abort", () => end(reject, deadline.reason), { signal });
  });
}

function picture({ svg, width, height }) {
  if (typeof svg !== "string" || svg.length > LARGEST || !svg.startsWith("<svg") || REFUSED.test(svg)) return null;
  if (![width, height].every((size) => typeof size === "number" && size > 0 && size <= WIDEST)) return null;
  return { address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`, width: Math.ceil(width), height: Math.ceil(height) };
}
