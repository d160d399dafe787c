/** Places a popover at a button: above or below it, where there is more room, and never wider or higher than the page. */

const GAP = 6;
const EDGE = 8;

export function placeAt(popover, button) {
  const at = button.getBoundingClientRect();
  const [above, below] = [at.top - GAP - EDGE, innerHeight - at.bottom - GAP - EDGE];
  const isAbove = above > below;
  popover.style.maxHeight = `${Math.max(above, below)}px`;
  popover.style.top = isAbove ? "auto" : `${at.bottom + GAP}px`;
  popover.style.bottom = isAbove ? `${innerHeight - at.top + GAP}px` : "auto";
  popover.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - popover.offsetWidth - EDGE))}px`;
}
