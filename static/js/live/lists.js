/** What the page asks the API for by itself: the models, and with each connection the list of conversations. */

import { api } from "./api.js";

/** Models come beside the page: a service that is slow to list its own keeps nobody waiting. */
export async function loadModels(dispatch) {
  const models = await api.models().catch(() => null);
  if (models) dispatch({ type: "page.models", models: models.items });
}

/** Events may have been missed, also between the making of the page and its first connection: the first page is read anew. */
export async function reloadList(dispatch) {
  const page = await api.conversations().catch(() => null);
  if (page) dispatch({ type: "page.list", items: page.items, nextCursor: page.next_cursor, replace: true });
}
