/** Makes DOM nodes. Text is always text: nothing here reads HTML. */

import { pageData } from "./data.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. `properties` are set as properties, `class` and names with a dash as attributes, `on` as listeners;
 * children that are empty are left out.
 */
export function make(tag, { class: name, on = {}, ...properties } = {}, ...children) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.includes("-") || key === "role") node.setAttribute(key, value);
    else node[key] = value;
  }
  for (const [type, listener] of Object.entries(on)) node.addEventListener(type, listener);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** One of static/icons/icons.svg. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${pageData.urls.icons}#${name}`);
  svg.append(use);
  return svg;
}

/** A button that shows only an icon; its label is for tooltips and screen readers. */
export function iconButton(name, label, onClick, extra = "") {
  const className = `icon-button icon-button--small ${extra}`.trim();
  return make("button", { type: "button", class: className, title: label, "aria-label": label, on: { click: onClick } }, icon(name));
}

/** Tells an ancestor what the person wants; the controller listens at the document. */
export function ask(node, action, detail = {}) {
  node.dispatchEvent(new CustomEvent(`scripta:${action}`, { bubbles: true, detail }));
}

/** Whether a panel, a menu or a dialog is open. */
export const isSomethingOpen = () => document.querySelector("dialog[open], [popover]:popover-open") !== null;
