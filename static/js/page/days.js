/** Groups conversations by the day of their last activity, on the reader's own clock. */

import { formats, strings } from "./strings.js";

const startOfDay = (date, daysAgo = 0) => new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysAgo);

/** Days first, then months of this year by their names, then years. */
function label(conversation, now) {
  if (conversation.pinned_at) return strings.days.pinned;
  const updated = new Date(conversation.updated_at);
  if (updated >= startOfDay(now)) return strings.days.today;
  if (updated >= startOfDay(now, 1)) return strings.days.yesterday;
  if (updated >= startOfDay(now, 7)) return strings.days.week;
  if (updated >= startOfDay(now, 30)) return strings.days.month;
  if (updated.getFullYear() < now.getFullYear()) return String(updated.getFullYear());
  const month = formats.date(updated, { month: "long" });
  return month[0].toLocaleUpperCase(formats.locale) + month.slice(1);
}

/** [{label, items}] in the order of the items. */
export function byDay(items, now = new Date()) {
  const groups = [];
  for (const item of items) {
    const name = label(item, now);
    if (groups.at(-1)?.label !== name) groups.push({ label: name, items: [] });
    groups.at(-1).items.push(item);
  }
  return groups;
}
