/** What a model can do, in words, and whether a search means it. */

import { panelStrings } from "./panel-strings.js";

/** Its abilities as far as they are known, the size of its context first. */
export function abilitiesOf({ context_size, capabilities }) {
  const words = (capabilities ?? []).map((name) => panelStrings.models.capabilities[name] ?? name);
  return context_size ? [panelStrings.models.context(inThousands(context_size)), ...words] : words;
}

/** 131,072 is called 128K, and 128,000 is too. */
const inThousands = (size) => (size % 1000 === 0 || size % 1024 ? size : (size / 1024) * 1000);

/**
 * A test of models: every word of the search is somewhere in name, connection or abilities, by our words for these or by the usual
 * ones, whatever its case and accents.
 */
export function matching(search) {
  const words = folded(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (model) => {
    const text = folded([model.label, model.model_id, model.connection, ...abilitiesOf(model), ...(model.capabilities ?? [])].join(" "));
    return words.every((word) => text.includes(word));
  };
}

/** Text for comparing. */
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
