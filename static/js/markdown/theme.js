/** The page's colours as a diagram's: plain hexadecimal, which is all that Mermaid reads. */

const NAMES = {
  background: "--paper",
  primaryColor: "--paper-tinted",
  primaryTextColor: "--ink",
  primaryBorderColor: "--rule-strong",
  secondaryColor: "--verdigris-wash",
  secondaryTextColor: "--ink",
  secondaryBorderColor: "--verdigris",
  tertiaryColor: "--paper-sunk",
  tertiaryTextColor: "--ink",
  tertiaryBorderColor: "--rule-strong",
  lineColor: "--ink-faint",
  textColor: "--ink",
  titleColor: "--ink",
  noteBkgColor: "--ochre-wash",
  noteTextColor: "--ink",
  noteBorderColor: "--ochre",
  edgeLabelBackground: "--paper",
  activationBkgColor: "--verdigris-wash",
};

const SERIES = ["--verdigris-wash", "--ochre-wash", "--rubric-wash", "--paper-tinted"];

/** {dark, font, variables} as the page looks now. */
export function diagramTheme() {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const probe = document.body.appendChild(document.createElement("span"));
  const hexadecimal = (name) => {
    probe.style.color = `var(${name})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    return `#${[...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  };
  const variables = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, hexadecimal(name)]));
  for (let index = 0; index < 12; index += 1) {
    variables[`pie${index + 1}`] = variables[`cScale${index}`] = hexadecimal(SERIES[index % SERIES.length]);
    variables[`cScaleLabel${index}`] = variables.textColor;
  }
  probe.style.fontFamily = "var(--font-interface)";
  const font = getComputedStyle(probe).fontFamily;
  probe.remove();
  return { dark: lightness(variables.background) < 128, font, variables };
}

/** Calls back when the page's colours change. */
export function onThemeChange(callback) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
  matchMedia("(prefers-contrast: more)").addEventListener("change", callback);
  new MutationObserver(callback).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

const lightness = (colour) => Number.parseInt(colour.slice(3, 5), 16);
