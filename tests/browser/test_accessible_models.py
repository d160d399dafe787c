"""axe finds nothing either in a long list of models, sound and ailing, and where there are none."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.chatting import ANSWER, reload
from tests.browser.test_accessibility import AXE, RUSSIAN
from tests.upstream.threaded import threaded_upstream

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ABILITIES = [["vision", "tools"], ["reasoning"], [], ["audio", "vision", "tools", "reasoning"]]
LISTED = [
    {"id": f"workshop/large-language-model-{number}-instruct-preview", "context_length": 8_192 * number,
     "capabilities": ABILITIES[number % len(ABILITIES)]} for number in range(1, 10)
]  # fmt: skip
MANY = """
from chat.models import Connection
Connection.objects.create(name="Workshop", kind="openai_compatible", base_url="{url}/v1", position=50)
Connection.objects.create(name="Closed", kind="openai_compatible", base_url="http://127.0.0.1:1/v1", position=60)
Connection.objects.filter(kind="embedded").update(enabled=True, position=70)
"""
FEW = """
from chat.models import Connection
Connection.objects.filter(name__in=["Workshop", "Closed"]).delete()
Connection.objects.filter(kind="embedded").update(enabled=False)
"""
ENABLE = "from chat.models import Connection; Connection.objects.filter(kind__in={kinds}).update(enabled={enabled})"
SOUND, AILING = ["openai_compatible", "aichatonline"], ["embedded"]


@pytest.fixture
def many(site):
    """Nine models more, that say what they can, and two connections that do not work."""
    with threaded_upstream() as service:
        service.models = {"object": "list", "data": LISTED}
        site.shell(MANY.format(url=service.url))
        yield
        site.shell(FEW)


@pytest.fixture
def none(site):
    """No model can be asked."""
    site.shell(ENABLE.format(kinds=SOUND, enabled=False))
    yield
    site.shell(ENABLE.format(kinds=AILING, enabled=False) + "\n" + ENABLE.format(kinds=SOUND, enabled=True))


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_a_long_list_of_models_and_those_that_ail(visit, locale, check):
    page = visit("/", locale=locale, **AXE)
    options, chip = page.get_by_role("option"), page.locator(".model-chip__choice")
    search = page.locator(".model-list__field")
    chip.click()
    expect(page.locator(".model-list__search")).to_be_visible()
    search.fill("model-3-instruct")
    options.click()
    expect(chip).to_contain_text("model-3-instruct")
    page.locator(".composer__text").fill("!broken")
    page.locator(".composer__text").press("Enter")
    expect(page.locator(f"{ANSWER} .ending--failed")).to_be_visible()
    found = check(page)

    reload(page)
    expect(page.locator(".model-chip .health-dot--failing")).to_be_visible()
    found += check(page)
    chip.click()
    expect(options.last).to_be_attached()
    found += check(page)
    search.fill("closed")
    expect(options).to_have_count(1)
    expect(options).to_have_attribute("aria-disabled", "true")
    found += check(page)
    search.fill("nothing of the kind")
    expect(page.locator(".model-list__none")).to_be_visible()
    assert found + check(page) == []


@pytest.mark.usefixtures("many")
def test_a_long_list_of_models_on_a_phone(visit):
    page = visit("/", width=360, height=740, has_touch=True, **AXE)
    page.locator(".model-chip__choice").tap()
    expect(page.locator(".model-list__search")).to_be_visible()
    page.get_by_role("option").last.scroll_into_view_if_needed()
    assert faults(page) == []


@pytest.mark.usefixtures("none")
@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_no_model_at_all(visit, site, locale, check):
    page = visit("/", locale=locale, **AXE)
    expect(page.locator(".greeting__model")).to_be_visible()
    expect(page.locator(".model-picker__none")).to_be_visible()
    found = check(page)
    page = visit("/", user="admin", locale=locale, **AXE)
    expect(page.locator(".greeting__model a")).to_be_visible()
    found += check(page)
    site.shell(ENABLE.format(kinds=AILING, enabled=True))
    page = visit("/", user="admin", locale=locale, **AXE)
    expect(page.locator(".model-picker__none")).to_contain_text(":")
    assert found + check(page) == []
