/** Themes and text sizes: the server writes them into the page (templates/base.html), and here they change while it is open. */

const root = document.documentElement;

export function followAppearance({ store }) {
  const contrast = document.querySelector("link[data-contrast]");
  store.subscribe(({ preferences }) => {
    if (root.dataset.theme === preferences.theme && root.dataset.textSize === preferences.text_size) return;
    root.dataset.theme = preferences.theme;
    root.dataset.textSize = preferences.text_size;
    for (const bar of document.querySelectorAll("meta[data-scheme]")) bar.media = mediaOf(bar.dataset.scheme, preferences.theme);
    contrast.media = preferences.theme === "contrast" ? "all" : contrast.dataset.contrast;
  });
}

/** Where the browser's own bar has the colour of a scheme. */
const mediaOf = (scheme, theme) => (["light", "dark"].includes(theme) ? (theme === scheme ? "all" : "not all") : `(prefers-color-scheme: ${scheme})`);
