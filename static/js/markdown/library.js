/** Libraries that come when they are first needed. A failure is not remembered: the next need tries again. */

import { pageData } from "../page/data.js";
import { fetched } from "../page/fetched.js";

/** Returns a function that promises the module; `name` is its address in the page's data, or those of all its files, `bring` imports it. */
export function library(name, bring) {
  let coming = null;
  const arrive = async () => {
    await Promise.all([pageData.urls[name] ?? []].flat().map(fetched));
    return bring();
  };
  return () => {
    coming ??= arrive().catch((error) => {
      coming = null;
      throw error;
    });
    return coming;
  };
}
