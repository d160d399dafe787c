/** A code block that is still open grows by plain text: no parsing, however long it gets. */

/** The open fence that `text` ends in, given its last block; null where it is closed, indented or not yet begun. */
export function openFence(text, block) {
  const token = block?.tokens[0];
  if (token?.type !== "fence" || !text.startsWith(token.markup, block.start)) return null;
  const begin = text.indexOf("\n", block.start) + 1;
  if (begin === 0) return null;
  const fence = { begin, markup: token.markup };
  return isOpen(fence, text, begin) ? fence : null;
}

/** Whether none of the lines from `from`, the beginning of a line, closes the fence. */
export function isOpen({ markup }, text, from) {
  const closing = new RegExp(`^ {0,3}\\${markup[0]}{${markup.length},}[ \\t]*$`, "m");
  return !closing.test(text.slice(from));
}
