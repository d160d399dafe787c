"""Nobody is shut out: axe finds nothing on any page, in any state, theme or language."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.chatting import ask, wait_ended, wait_running

pytestmark = pytest.mark.browser

ANSWER = r"""
## Rivers

Water *finds* its way, see [the delta](https://example.org/delta) and `flow()`.

| River | Length |
| --- | ---: |
| Volga | 3531 |

```python
def flow(height):
    return height - 1  # downwards
```

$$\int_0^1 x^2\,dx = \tfrac13$$

- [x] springs
- [ ] streams
"""
SEED = """
from chat.models import Message, User
from tests.making import conversation, generation, message
anna = User.objects.get(username="alice")
row = conversation(anna, "How does a river find the sea?", {answer!r}, title="Rivers")
generation(row.head, "completed", finish_reason="stop")
question = message(row, row.head, "user", "And the second?")
columns = [message(row, question, "assistant", text, model_id=f"scripted-{{number}}", turn_id=question.turn_id)
           for number, text in enumerate(("One answer", "Another answer"), start=1)]
for column in columns:
    generation(column, "completed", finish_reason="stop")
question = message(row, columns[0], "user", "And then?")
failed = message(row, question, "assistant", "It began", model_id="scripted-1")
generation(failed, "failed", error_code="provider.rate_limited", error_message="The service is busy.")
row.head = failed
row.save()
print(row.id)
"""
THEMES = [("light", "system"), ("dark", "system"), ("light", "contrast"), ("dark", "contrast")]
LOCALES = ["en-US", "ru-RU"]
AXE = {"bypass_csp": True}
"""axe sets styles of its own to measure contrasts."""
CHOOSE = """([theme]) => {
  document.documentElement.dataset.theme = theme;
  document.querySelector("link[data-contrast]").media = theme === "contrast" ? "all" : "not all";
}"""


@pytest.fixture(scope="module")
def rivers(site):
    """A conversation with everything in it that an answer can hold."""
    return f"/c/{site.shell(SEED.format(answer=ANSWER))}/"


def faults(page):
    """By all rules as the page is; by those of colours in every other theme."""
    found = violations(page)
    for scheme, theme in THEMES[1:]:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(CHOOSE, [theme])
        found += [f"{theme} {scheme}: {fault}" for fault in violations(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    page.evaluate(CHOOSE, ["system"])
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_entrance_pages(visit, site, locale):
    page = visit("/accounts/login/", user=None, locale=locale, **AXE)
    found = faults(page)
    page.locator("[name=login]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    page.locator("[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    for path in ("/nowhere/", "/offline/"):
        page.goto(path)
        found += faults(page)
    signed_in = visit("/accounts/password/change/", locale=locale, **AXE)
    found += faults(signed_in)
    signed_in.goto("/accounts/logout/")
    assert found + faults(signed_in) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_conversation_and_what_opens_over_it(visit, rivers, locale):
    page = visit(rivers, locale=locale, **AXE)
    expect(page.locator(".message--assistant .prose").first).to_be_visible()
    found = faults(page)

    page.locator(".list__item--current .list__more-button").click()
    expect(page.get_by_role("menu")).to_be_visible()
    found += faults(page)
    page.keyboard.press("Escape")
    for shortcut in ("Control+Comma", "Control+Slash"):
        page.keyboard.press(shortcut)
        expect(page.get_by_role("dialog")).to_be_visible()
        found += faults(page)
        page.keyboard.press("Escape")
    page.locator(".account__name").click()
    assert found + faults(page) == []


def test_a_new_conversation_an_answer_on_its_way_and_a_toast(visit):
    page = visit("/", **AXE)
    found = faults(page)
    ask(page, "!slow")
    wait_running(page)
    found += violations(page)
    page.get_by_role("button", name="Stop").click()
    wait_ended(page)
    page.keyboard.press("Control+Shift+Backspace")
    expect(page.locator(".toast")).to_be_visible()
    assert found + faults(page) == []


def test_a_phone_with_its_list_open(visit, rivers):
    page = visit(rivers, width=360, height=740, has_touch=True, **AXE)
    page.get_by_role("button", name="Conversations").click()
    expect(page.get_by_role("link", name="New conversation").first).to_be_visible()

    assert faults(page) == []


def test_without_javascript(visit, rivers):
    """axe itself needs scripts: the same HTML is given to a page that has them, and none of the site's."""
    html = visit(rivers, java_script_enabled=False).content()
    page = visit("/offline/", user=None, **AXE)
    page.route("**/js/**", lambda route: route.abort())
    page.set_content(html)

    assert violations(page) == []


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("document.querySelector('.topbar__sidebar').before(document.createElement('button'))", "button-name"),
        ("document.querySelector('.account__label').style.color = '#ccc'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_a_planted_fault_is_found(visit, rivers, planted, rule):
    page = visit(rivers, **AXE)
    expect(page.locator(".list__more-button").first).to_be_attached()
    colour = (
        "document.querySelector('.list__link').animate([{ color: '#ccc' }, { color: '#ccc' }], { fill: 'forwards' })"
    )
    page.evaluate(f"() => {{ const button = document.querySelector('.topbar__settings'); {planted}; {colour}; }}")

    assert [fault for fault in violations(page) if fault.startswith(rule)]
