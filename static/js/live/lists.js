/** What the page asks for by itself: models, and with each connection its conversations. */

import { api } from "./api.js";

const AGAIN_MS = 10_000;
const MOST = 500; // conversations that are read anew

let again = null;

/** They come beside the page: a service that is slow to list its own keeps nobody waiting. While they are null they are asked for again. */
export async function loadModels(dispatch) {
  clearTimeout(again);
  try {
    const { items } = await api.models();
    dispatch({ type: "page.models", models: items });
  } catch ({ status }) {
    const isRefused = status < 500;
    dispatch({ type: "page.models", models: null, again: !isRefused });
    if (!isRefused) again = setTimeout(() => loadModels(dispatch), AGAIN_MS);
  }
}

/**
 * Events may have been missed, also before the first connection: as many items as there are are read anew, and once more
 * where they changed meanwhile: what was heard is newer.
 */
export async function reloadList(dispatch, items, tries = 3) {
  const before = items();
  const read = await firstOf(before.length).catch(() => null);
  if (!read) return;
  if (items() !== before && tries > 1) await reloadList(dispatch, items, tries - 1);
  else dispatch({ type: "page.list", ...read, replace: true });
}

async function firstOf(count) {
  const items = [];
  let nextCursor = null;
  do {
    const page = await api.conversations(nextCursor);
    items.push(...page.items);
    nextCursor = page.next_cursor;
  } while (nextCursor && items.length < Math.min(count, MOST));
  return { items, nextCursor };
}
