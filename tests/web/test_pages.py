"""The pages of the chat, asked for over HTTP."""

import json
import re
from uuid import uuid4

import pytest

from tests.making import conversation, generation, message

POLICY = "Content-Security-Policy"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \"quotes\" 'too'"


def page_data(response) -> dict:
    """The data block that the modules start from."""
    block = re.search(r'<script id="page-data" type="application/json">(.*?)</script>', response.content.decode(), re.S)
    return json.loads(block[1])


def test_a_new_conversation_is_offered(page):
    response = page.get("/")

    assert response.status_code == 200
    assert "What would you like to ask?" in response.content.decode()
    assert page_data(response)["conversation"] is None
    assert "no-store" in response["Cache-Control"]


def test_a_conversation_is_readable_without_javascript(page, anna):
    row = conversation(anna, "What is a river?", "Water on its **way**.", title="Rivers")

    response = page.get(f"/c/{row.id}/")

    html = response.content.decode()
    body = '<div class="message__body message__plain message__plain--whole" dir="auto" data-part="content">'
    assert f"{body}What is a river?</div>" in html
    assert f"{body}Water on its **way**.</div>" in html
    assert "<title>Rivers · Scripta</title>" in html
    assert "no-store" in response["Cache-Control"]


def test_code_and_tables_keep_their_columns_without_javascript(page, anna):
    row = conversation(anna, "Show me", "So:\n\n```python\nif a:\n    b | c\n```\nand\n| a | b |\n|---|---|\nend")

    html = page.get(f"/c/{row.id}/").content.decode()

    aligned = ["```python\nif a:\n    b | c\n```\n", "| a | b |\n|---|---|\n"]
    first, second = (f'<span class="plain-part plain-part--aligned" dir="auto">{text}</span>' for text in aligned)
    others = [f'<span class="plain-part" dir="auto">{text}</span>' for text in ("So:\n\n", "and\n", "end")]
    assert f'data-part="content">{others[0]}{first}{others[1]}{second}{others[2]}</div>' in html


def test_the_texts_are_in_the_page_only_once(page, anna):
    row = conversation(anna, "A question like no other", "An answer like no other")

    response = page.get(f"/c/{row.id}/")

    assert [message["content"] for message in page_data(response)["messages"]] == ["", ""]
    assert response.content.decode().count("An answer like no other") == 1


def test_whatever_is_written_is_escaped(page, anna):
    row = conversation(anna, HOSTILE, HOSTILE, title=HOSTILE, model_id=HOSTILE)

    html = page.get(f"/c/{row.id}/").content.decode()

    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert html.count("&lt;img src=x onerror=alert(2)&gt;") >= 3


def test_how_an_answer_ended_is_told_without_javascript(page, anna):
    row = conversation(anna, "Why?", "Because")
    generation(row.head, "failed", error_code="provider.busy", error_message="The service is busy.")

    assert "The service is busy." in page.get(f"/c/{row.id}/").content.decode()
    russian = page.get(f"/c/{row.id}/", HTTP_ACCEPT_LANGUAGE="ru").content.decode()
    assert "Модель на этом сервере занята. Попробуйте чуть позже." in russian


def test_every_text_of_people_and_models_has_its_own_direction(page, anna):
    row = conversation(anna, "ما هو النهر؟", "النهر ماء.", title="النهر")
    row.head.reasoning = "سؤال"
    row.head.save()

    html = page.get(f"/c/{row.id}/").content.decode()

    for text in ("ما هو النهر؟", "النهر ماء.", "سؤال", "النهر"):
        assert re.findall(rf"<(?:div|a|h1) [^>]*>{text}</", html)
    assert re.findall(r"<(?:div|a|h1) (?![^>]*dir=\"auto\")[^>]*>[^<]*[ء-ي]", html) == []


def test_columns_and_footers_are_told_without_javascript(page, anna):
    row = conversation(anna, "Why?", "Because", connection=None)
    first = row.head
    other = message(row, first.parent, "assistant", "For a reason", turn_id=first.turn_id, reasoning="Let me think")
    figures = {
        "first_delta_ms": 340,
        "duration_ms": 3250,
        "reasoning_ms": 120,
        "output_tokens": 1,
        "omitted_messages": 2,
    }
    generation(other, connection_name="Near", **figures)

    html = page.get(f"/c/{row.id}/").content.decode()

    assert html.count('<div class="turn') == 2
    assert 'class="turn turn--columns turn--columns-2"' in html
    assert 'class="message message--assistant message--chosen" data-message-id="' + str(first.id) in html
    assert "Let me think" in html
    words = (
        "Near · first words after 340 ms · 120 ms of reasoning · 3.2 s in all · 1 token · 2 earlier messages left out"
    )
    assert f'<p class="remark">{words}</p>' in html


def test_a_system_message_and_a_revision_are_told_without_javascript(page, anna):
    row = conversation(anna, "Why?", "Because")
    row.messages.filter(content="Why?").update(role="system", revised_at=row.created_at)

    html = page.get(f"/c/{row.id}/", headers={"Accept-Language": "ru"}).content.decode()

    assert 'class="message message--system"' in html
    assert '<p class="remark">изменено</p>' in html


def test_a_page_is_as_many_queries_however_much_there_is(page, anna, django_assert_num_queries):
    counts = []
    for length in (2, 150):
        row = conversation(anna, *["text"] * length)
        generation(row.head)
        with django_assert_num_queries(20, exact=False) as queries:
            page.get(f"/c/{row.id}/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 11


def test_the_sidebar_lists_ones_own_conversations_only(page, anna, boris):
    conversation(anna, "Mine", title="Anna asks")
    conversation(boris, "Theirs", title="Boris asks")

    response = page.get("/")

    assert "Anna asks" in response.content.decode()
    assert "Boris asks" not in response.content.decode()
    assert [item["title"] for item in page_data(response)["list"]["items"]] == ["Anna asks"]


def test_a_strangers_conversation_looks_like_a_missing_one(stranger, anna):
    row = conversation(anna, "Secret")

    foreign, missing = stranger.get(f"/c/{row.id}/"), stranger.get(f"/c/{uuid4()}/")

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content


@pytest.mark.parametrize("query", ["before=nonsense", f"before={uuid4()}"], ids=["nonsense", "unknown"])
def test_a_place_that_is_not_in_the_conversation_is_missing(page, anna, query):
    row = conversation(anna, "Hello")

    assert page.get(f"/c/{row.id}/?{query}").status_code == 404


def test_a_place_that_is_not_in_the_list_is_missing(page):
    assert page.get("/?cursor=nonsense").status_code == 404


@pytest.mark.parametrize("address", ["/c/1/", "/c/nonsense/", "/c/", "/nothing"])
def test_an_address_without_a_page_is_missing(page, address):
    response = page.get(address)

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_only_read(page, anna, method):
    row = conversation(anna, "Hello")

    assert getattr(page, method)("/").status_code == 405
    assert getattr(page, method)(f"/c/{row.id}/").status_code == 405


def test_who_is_not_signed_in_is_asked_to(client, anna):
    row = conversation(anna, "Hello")

    for address in ("/", f"/c/{row.id}/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={address}"


def test_who_was_deactivated_is_out(page, anna):
    anna.is_active = False
    anna.save()

    assert page.get("/").status_code == 302


def test_the_policy_is_on_every_answer(page, client, anna, settings):
    row = conversation(anna, "Hello")
    refused = page.post("/accounts/logout/", HTTP_HOST="elsewhere.example")

    answers = [page.get("/"), page.get(f"/c/{row.id}/"), page.get("/nothing"), page.post("/"), refused]
    answers += [page.get("/healthz"), page.get("/api/models"), page.get("/accounts/password/change/")]

    assert refused.status_code == 400
    for answer in answers:
        assert "require-trusted-types-for 'script'" in answer[POLICY]
        assert "unsafe" not in answer[POLICY]


def test_no_page_has_inline_scripts_or_styles(page, anna):
    row = conversation(anna, "Hello", "Good day")

    for address in ("/", f"/c/{row.id}/", "/accounts/password/change/", "/accounts/logout/", "/nothing"):
        html = page.get(address).content.decode()
        scripts = re.findall(r"<script(?:\s([^>]*))?>", html)
        assert all("src=" in tag or "application/json" in tag for tag in scripts), address
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
