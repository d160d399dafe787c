/** The data block of the page: what the server knew when it wrote the HTML. */

const block = document.querySelector("script#page-data");

export const pageData = block ? JSON.parse(block.textContent) : { urls: {}, messages: [], list: { items: [] } };

/** Messages as in a snapshot. Their texts are in the HTML once: they are taken from there. */
export function messagesOfPage(root = document) {
  return pageData.messages.map((message) => {
    const article = root.querySelector(`[data-message-id="${message.id}"]`);
    const text = (part) => article?.querySelector(`[data-part="${part}"]`)?.textContent ?? "";
    return { ...message, content: text("content"), reasoning: text("reasoning") };
  });
}
