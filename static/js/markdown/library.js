/** Libraries that come when they are first needed. A failure is not remembered: the next need tries again. */

import { pageData } from "../page/data.js";
import { fetched } from "../page/fetched.js";

/** Returns a function that promises the module; `name` is its address in the page's data, `bring` imports it. */
export function library(name, bring) {
  let coming = null;
  const arrive = async () => {
    const address = pageData.urls[name];
    if (address) await fetched(address);
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
