"""The site can be installed, and its worker keeps nothing of anybody's."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from chat.web.installation import OFFLINE_FILES
from deploy import messages
from tests.architecture.rules import ROOT


def config(response) -> dict:
    """What the worker is told."""
    return json.loads(re.match(r"const CONFIG = (\{.*\});\n", response.content.decode())[1])


def test_the_manifest_names_icons_that_exist(client, db):
    response = client.get(reverse("manifest"))
    manifest = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
    assert [icon["src"] for icon in manifest["icons"] if icon.get("purpose") == "maskable"]
    for icon in manifest["icons"]:
        assert (ROOT / icon["src"].lstrip("/")).is_file()


def test_the_manifest_speaks_the_languages(client, db):
    manifest = client.get(reverse("manifest"), HTTP_ACCEPT_LANGUAGE="ru").json()

    assert manifest["lang"] == "ru"
    assert re.search("[а-я]", manifest["description"])


def test_the_worker_is_given_the_offline_page_and_static_files_only(client, db):
    response = client.get(reverse("service_worker"))
    given = config(response)

    assert response["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response["Cache-Control"]
    assert given["pages"] == {"en": "/offline/?in=en", "ru": "/offline/?in=ru"}
    assert given["language"] == "en"
    assert all(path.startswith("/static/") for path in given["files"])
    assert all((ROOT / "static" / name).is_file() for name in OFFLINE_FILES)


def test_everything_that_the_offline_page_loads_is_kept(client, db):
    html = client.get(reverse("offline")).content.decode()
    loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon|preload)"|script[^>]*?) (?:href|src)="([^"]+)"', html)

    assert len(loaded) > 6
    assert set(loaded) <= set(config(client.get(reverse("service_worker")))["files"])


def test_the_worker_of_another_language_is_another(client, db):
    english, russian = (
        config(client.get(reverse("service_worker"), HTTP_ACCEPT_LANGUAGE=language)) for language in ("en", "ru")
    )

    assert english["version"] != russian["version"]
    assert english["version"] == config(client.get(reverse("service_worker")))["version"]


@pytest.mark.parametrize(("name", "tag"), [("offline.html", "<a"), ("base.html", "<head")])
def test_the_worker_of_another_page_is_another(client, db, settings, tmp_path, name, tag):
    before = config(client.get(reverse("service_worker")))
    (tmp_path / name).write_text((ROOT / "templates" / name).read_text().replace(tag, f"{tag} data-new", 1))
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]

    after = config(client.get(reverse("service_worker")))

    assert after["version"] != before["version"]
    assert after == before | {"version": after["version"]}


def test_the_worker_of_other_words_is_another(client, db, settings, tmp_path):
    before = config(client.get(reverse("service_worker")))
    catalog = messages.kept()
    catalog["Try again"].string = "Ещё раз"
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(messages.compiled(catalog))
    settings.LOCALE_PATHS = [tmp_path]

    assert config(client.get(reverse("service_worker")))["version"] != before["version"]


@pytest.mark.parametrize("name", ["manifest", "service_worker", "offline"])
def test_they_are_the_same_for_everybody(page, name):
    theirs, ours = Client().get(reverse(name)), page.get(reverse(name))

    assert theirs.status_code == 200
    assert theirs.content == ours.content
    assert not ours.cookies
