/**
 * Draws diagrams in a sandboxed frame, an origin of its own without network: `{id, source, theme}` comes as a message, and
 * `{id, svg, width, height}` or `{id, failed: true}` goes back.
 */

(() => {
  /** What a diagram's own text may not set: how far it is trusted, its size, styles and fonts. */
  const SECURE = [
    "secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "suppressErrorRendering", "htmlLabels", "themeCSS", "theme",
    "themeVariables", "fontFamily", "altFontFamily", "dompurifyConfig", "flowchart.htmlLabels", "logLevel", "deterministicIds",
  ];
  const mermaid = globalThis.mermaid;

  /** The frame's policy lets none in; asking for one is already too much. */
  globalThis.Image = class {
    constructor() {
      throw new Error("A diagram has no pictures.");
    }
  };

  /** Lines run below the words on them, not through them. */
  const haloOf = (paper) => `.edgeLabel text { paint-order: stroke; stroke: ${paper}; stroke-width: 8px; stroke-linejoin: round; }`;

  function configure({ dark, font, variables }) {
    mermaid.initialize({
      secure: SECURE,
      securityLevel: "strict",
      startOnLoad: false,
      suppressErrorRendering: true,
      maxTextSize: 20_000,
      maxEdges: 300,
      htmlLabels: false,
      flowchart: { htmlLabels: false, useMaxWidth: false },
      fontFamily: font,
      look: "classic",
      themeCSS: haloOf(variables.edgeLabelBackground),
      theme: "base",
      darkMode: dark,
      themeVariables: { ...variables, darkMode: dark, fontFamily: font, fontSize: "14px" },
    });
  }

  async function draw({ id, source, theme }) {
    const place = document.createElement("div");
    document.body.replaceChildren(place);
    try {
      configure(theme);
      const { svg } = await mermaid.render(`diagram-${id}`, source, place);
      place.innerHTML = svg;
      const element = place.querySelector("svg");
      const { width, height } = element.viewBox.baseVal;
      element.setAttribute("width", width);
      element.setAttribute("height", height);
      return { id, svg: new XMLSerializer().serializeToString(element), width, height };
    } catch {
      return { id, failed: true };
    }
  }

  let last = Promise.resolve();
  addEventListener("message", ({ source, data }) => {
    if (source !== parent) return;
    last = last.then(() => draw(data)).then((answer) => parent.postMessage(answer, "*"));
  });
  parent.postMessage({ ready: true }, "*");
})();
