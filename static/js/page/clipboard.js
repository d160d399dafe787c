/** Copies text, also where the clipboard's own interface is missing: on plain-http addresses of a local network. */

export async function copyText(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused by the browser: the older way may still be open.
    }
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

/** Copies text and, where the browser can, the same as formatted text (HTML) beside it. */
export async function copyRich(text, html) {
  if (html && navigator.clipboard?.write && typeof ClipboardItem === "function") {
    const blob = (type, content) => new Blob([content], { type });
    const item = new ClipboardItem({ "text/plain": blob("text/plain", text), "text/html": blob("text/html", html) });
    try {
      await navigator.clipboard.write([item]);
      return true;
    } catch {
      // Refused by the browser: plain text may still be allowed.
    }
  }
  return copyText(text);
}
