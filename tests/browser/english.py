"""Finds the English words of a page whose reader's browser asks for Russian: what was never translated."""

import re

from playwright.sync_api import Page

SAID = """() => {
  if (!navigator.language.startsWith("ru")) return [];
  // What people, models and services wrote is in their own language: the page writes it with its own direction.
  const others = "[dir=auto], [lang=en], pre, code, .code__language, .math, .visually-hidden[aria-live], script, style";
  const found = [document.title.replace(document.querySelector(".topbar__title")?.textContent ?? "", "")];
  const isThere = (element) => element.checkVisibility({ visibilityProperty: true });
  for (const element of document.body.querySelectorAll("*")) {
    if (!isThere(element)) continue;
    const names = ["aria-label", "placeholder", "alt", ...(element.matches("[dir=auto]") ? [] : ["title"])];
    found.push(...names.map((name) => element.getAttribute(name)));
    if (element.matches("input[type=submit], input[type=button]")) found.push(element.value);
    if (element.closest(others)) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
  }
  return found.filter((text) => text?.trim()).map((text) => text.trim().replace(/\\s+/g, " "));
}"""
"""Every text that is seen or read out, one by one."""

NAMES = {
    "Scripta", "Scripted", "Workshop", "Closed", "AiChatOnline", "alice", "bob", "admin", "Ctrl", "Shift", "Enter",
    "Backspace", "Esc", "Tab", "English", "JavaScript", "NUL", "API", "TLS", "URL", "JSON", "LDAP", "ID", "mail",
    "cookie", "top",
}  # fmt: skip
"""Of the site, connections and people in these tests, of keys, and what is written so in Russian too."""
QUOTED = re.compile(
    r"«.*»"
    r"|https?://\S+|(?<!\w)/[\w/-]+"
    r"|[\w/.-]*\d[\w/.-]*"
    r"|\w+(?:[_.]\w+)+"
    r"|\b(?:On this machine|embedded|aichatonline)\b"
)
"""What somebody wrote or named, addresses, models and settings, a connection, and kinds of them."""
WORD = re.compile(r"[A-Za-z]{2,}")


def english(page: Page) -> list[str]:
    """The texts of a Russian's page with an English word; none of anybody else's."""
    return [text for text in page.evaluate(SAID) if set(WORD.findall(QUOTED.sub("", text))) - NAMES]
