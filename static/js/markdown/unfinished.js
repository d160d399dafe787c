/**
 * Texts that are not drawn to their end: one of them goes on before each paint, the first of them until it is whole. So the browser
 * lays out what a task has drawn before the next one begins.
 */

import { beforePaint } from "../page/paint.js";

const waiting = new Set();
let isAsked = false;

/** Has `view.advance()` called in its turn; what is not in the page comes last. */
export function drawOn(view) {
  waiting.add(view);
  ask();
}

/** It is drawn to its end. */
export function drawnOn(view) {
  waiting.delete(view);
}

function ask() {
  if (isAsked || waiting.size === 0) return;
  isAsked = true;
  beforePaint(goOn);
}

function goOn() {
  isAsked = false;
  const views = [...waiting];
  const view = views.find(({ isConnected }) => isConnected) ?? views[0];
  try {
    view?.advance();
  } catch (error) {
    waiting.delete(view); // others wait behind it
    throw error;
  } finally {
    ask();
  }
}
