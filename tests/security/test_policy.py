"""A strict Content-Security-Policy on every answer, errors and files too, and pages that keep it."""

import re
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.test import Client, override_settings
from django.urls import path, reverse

from chat.models import User
from chatsite.urls import urlpatterns as site
from tests.security.policy import diagram_problems, page_problems, policy_problems
from tests.security.routes import routes

STRICT = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; script-src 'self'"
TRUSTED = f"{STRICT}; require-trusted-types-for 'script'; trusted-types dompurify service-worker"


def crash(request):
    raise RuntimeError("planted")


urlpatterns = [path("crash/", crash), path("admin/crash/", crash), *site]


def problems(response) -> list[str]:
    address = response.request["PATH_INFO"]
    if address == reverse("diagram") and response.status_code == 200:
        return [*diagram_problems(response.headers), *page_problems(response.content.decode())]
    found = list(policy_problems(response.headers, admin=address.startswith("/admin/")))
    if response.get("Content-Type", "").startswith("text/html"):
        found += page_problems(response.content.decode())
    return found


@pytest.fixture
def superuser(people):
    return User.objects.create_superuser("superuser", password="a fine pass phrase")


@pytest.fixture
def visitors(anna, superuser):
    """Nobody, a person and a superuser."""
    return [None, anna, superuser]


def test_every_route_has_it_for_everybody(visitors, theirs):
    for user in visitors:
        for route in routes():
            client = Client(raise_request_exception=False)
            if user is not None:
                client.force_login(user)
            for method in ("get", "post", "delete"):
                response = getattr(client, method)(route.address(theirs))
                assert problems(response) == [], (method, route.key, response.status_code)
                assert response.status_code < 500, (method, route.key)


@pytest.mark.parametrize(
    ("status", "ask"),
    [
        (400, lambda client: client.get("/", headers={"host": "evil.example.org"})),
        (400, lambda client: client.get("/admin/", headers={"host": "evil.example.org"})),
        (403, lambda client: client.post("/accounts/login/", {"login": "anna"})),
        (403, lambda client: client.post("/admin/chat/user/add/")),
        (403, lambda client: client.patch("/api/conversations/00000000-0000-0000-0000-000000000000")),
        (404, lambda client: client.get("/nowhere/")),
        (404, lambda client: client.get("/static/nowhere.js")),
        (404, lambda client: client.get("/api/nowhere")),
        (404, lambda client: client.get("/setup/?token=wrong")),
        (404, lambda client: client.get("/static/../chatsite/settings.py")),
        (405, lambda client: client.options("/")),
        (403, lambda client: client.put("/healthz")),
        (405, lambda client: client.get("/api/conversations/00000000-0000-0000-0000-000000000000")),
        (500, lambda client: client.get("/crash/")),
        (500, lambda client: client.get("/admin/crash/")),
        (301, lambda client: client.get("/admin")),
        (302, lambda client: client.get("/")),
        (401, lambda client: client.get("/api/conversations")),
    ],
)
def test_errors_and_redirects_have_it(db, status, ask):
    with override_settings(ROOT_URLCONF="tests.security.test_policy"):
        response = ask(Client(enforce_csrf_checks=True, raise_request_exception=False))
    assert (response.status_code, problems(response)) == (status, [])


def test_it_is_there_when_somebody_tries_too_often(db):
    client = Client()
    for _ in range(40):
        response = client.post("/accounts/login/", {"login": "anna", "password": "wrong"})
        assert problems(response) == []
        if response.status_code == 429:
            return
    pytest.fail("nobody counts the attempts")


def test_the_real_server_sends_it_with_pages_files_and_refusals(live_site):
    server = live_site.start()

    def get(address, **headers):
        try:
            response = urlopen(Request(server.url + address, headers=headers), timeout=20)
        except HTTPError as error:
            response = error
        with response:
            return response.status, response.headers, response.read()

    status, headers, body = get("/", **live_site.cookie("alice"))
    assert (status, list(policy_problems(headers)), list(page_problems(body.decode()))) == (200, [], [])
    files = set(re.findall(r'(?:src|href)="(/static/[^"#?]+)', body.decode()))
    assert {address.rpartition(".")[2] for address in files} >= {"css", "js"}
    for address in sorted(files):
        status, headers, _ = get(address)
        assert (status, list(policy_problems(headers))) == (200, []), address
    for address in ("/nowhere", "/static/nowhere.css", "/admin/", "/api/models", "/readyz"):
        status, headers, _ = get(address)
        assert list(policy_problems(headers, admin=False)) == [], address


@pytest.mark.parametrize(
    ("policy", "admin"),
    [
        ("", False),
        ("", True),
        (STRICT, False),
        (TRUSTED, True),
        (TRUSTED.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"), False),
        (TRUSTED.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"), False),
        (TRUSTED.replace("script-src 'self'", "script-src 'self' https:"), False),
        (TRUSTED.replace("script-src 'self'", "script-src 'self' data:"), False),
        (TRUSTED.replace("script-src 'self'", "script-src 'self' 'nonce-abc'"), False),
        (TRUSTED.replace("script-src 'self'", "script-src 'self' cdn.example.org"), False),
        (TRUSTED.replace("default-src 'none'", "default-src 'self'"), False),
        (TRUSTED.replace("base-uri 'none'", ""), False),
        (TRUSTED.replace("frame-ancestors 'none'", "frame-ancestors 'self'"), False),
        (TRUSTED.replace("form-action 'self'", "form-action *"), False),
        (TRUSTED.replace("trusted-types dompurify", "trusted-types dompurify default"), False),
        (TRUSTED + "; style-src 'self' 'unsafe-inline'", False),
    ],
)
def test_a_policy_that_is_not_strict_is_found(policy, admin):
    headers = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
    assert list(policy_problems(headers, admin=admin))


@pytest.mark.parametrize(
    ("directive", "change"),
    [
        ("sandbox allow-scripts", "sandbox allow-scripts allow-same-origin"),
        ("sandbox allow-scripts", ""),
        ("default-src 'none'", "default-src 'none'; connect-src 'self'"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("frame-ancestors 'self'", "frame-ancestors *"),
    ],
)
def test_a_frame_for_diagrams_that_may_do_more_is_found(db, directive, change):
    headers = dict(Client().get(reverse("diagram")).headers)
    assert list(diagram_problems(headers)) == []
    assert list(diagram_problems(headers | {"X-Frame-Options": ""}))
    policy = headers["Content-Security-Policy"]
    assert directive in policy
    assert list(diagram_problems(headers | {"Content-Security-Policy": policy.replace(directive, change)}))


def test_a_strict_policy_is_none():
    headers = {"Content-Security-Policy": TRUSTED, "X-Content-Type-Options": "nosniff"}
    assert list(policy_problems(headers)) == []
    assert list(policy_problems(headers | {"Content-Security-Policy": STRICT}, admin=True)) == []
    assert list(policy_problems({**headers, "X-Content-Type-Options": ""})) == ["types may be guessed"]


@pytest.mark.parametrize(
    "html",
    [
        "<script>run()</script>",
        '<script type="module">run()</script>',
        '<script type="importmap">{}</script>',
        "<style>p{}</style>",
        '<p class="a" style="color: red">',
        '<img src="/x" onerror="run()">',
        '<a href="javascript:run()">',
        '<link href="https://cdn.example.org/a.css">',
        "<img src=//cdn.example.org/a.png>",
    ],
)
def test_a_page_that_breaks_the_policy_is_found(html):
    assert len(list(page_problems(html))) == 1


def test_what_a_page_may_have_is_no_problem():
    fine = '<script src="/static/a.js" type="module"></script><script id="data" type="application/json">{}</script>'
    assert list(page_problems(f"<p>style=1 onload=2</p>{fine}")) == []


def test_the_login_page_of_the_administration_keeps_it(db):
    response = Client().get(reverse("admin:login"), follow=True)
    assert (response.status_code, problems(response)) == (200, [])
