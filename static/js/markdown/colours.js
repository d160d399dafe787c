/** What highlight.js writes, as DOM: text in spans. Nothing is read as HTML, so there is nothing to sanitise. */

const PIECE = /<span class="([\w\s-]*)">|<\/span>|&(amp|lt|gt|quot|#x27);|[^<&]+/g;
const CHARACTERS = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

/** A fragment with the text of `written`, each run of it in the spans that it stands in. What is no such thing is left out. */
export function coloured(written) {
  const fragment = document.createDocumentFragment();
  let place = fragment;
  let text = "";
  const put = () => {
    if (text !== "") place.append(text);
    text = "";
  };
  for (const [piece, names, character] of written.matchAll(PIECE)) {
    if (names === undefined && piece !== "</span>") {
      text += character ? CHARACTERS[character] : piece;
      continue;
    }
    put();
    place = names === undefined ? (place.parentNode ?? fragment) : opened(place, names);
  }
  put();
  return fragment;
}

function opened(place, names) {
  const span = document.createElement("span");
  span.className = names;
  return place.appendChild(span);
}
