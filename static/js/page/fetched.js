/** Brings files into the browser's cache. */

/**
 * Into the browser's cache, from which it is imported then: a request that fails can be repeated, an `import` that failed stays
 * so in many browsers until the page is loaded anew (https://github.com/whatwg/html/issues/6768).
 */
export async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  await response.arrayBuffer();
}
