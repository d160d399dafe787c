/** Themes and text sizes: the server writes them into the page (templates/base.html), and here they change while it is open. */

const root = document.documentElement;

export function followAppearance({ store }) {
  const contrast = document.querySelector("link[data-contrast]");
  store.subscribe(({ preferences }) => {
    if (root.dataset.theme === preferences.theme && root.dataset.textSize === preferences.text_size) return;
    root.dataset.theme = preferences.theme;
    root.dataset.textSize = preferences.text_size;
    contrast.media = preferences.theme === "contrast" ? "all" : contrast.dataset.contrast;
  });
}
