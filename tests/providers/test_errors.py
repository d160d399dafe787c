"""Errors: one code each, as the docstring draws them, and never a secret in what they say."""

import re

import pytest

from chat.providers import errors, faults
from chat.providers.errors import ProviderError
from chat.providers.redaction import LOOKED_AT, excerpt, redact

KEY = "c4nary/key+with=odd%chars"


def all_errors(root: type[ProviderError] = ProviderError) -> list[type[ProviderError]]:
    found = [root]
    for each in root.__subclasses__():
        if each.__module__ == errors.__name__:
            found += all_errors(each)
    return found


def test_the_drawing_shows_every_error_with_its_code() -> None:
    drawn = re.findall(r"(\w+Error)\s+(provider\.\w+)", errors.__doc__ or "")
    own = [(each.__name__, each.code) for each in all_errors() if "code" in vars(each)]
    assert sorted(drawn) == sorted(own)
    assert len({code for _, code in own}) == len(own)


@pytest.mark.parametrize("kind", all_errors())
def test_every_error_is_one_or_two_plain_sentences(kind: type[ProviderError]) -> None:
    error = kind()
    assert str(error) == error.message == error.sentence
    assert re.fullmatch(r"[A-Z][^.]+\. [A-Z][^.]+\.|[A-Z][^.]+\.", error.message)
    assert (error.status, error.retry_after, error.excerpt) == (None, None, "")


@pytest.mark.parametrize(
    "said",
    [
        f"wrong key {KEY} given",
        f"Authorization: Bearer {KEY}",
        f'{{"api_key": "{KEY}"}}',
        f"c4nary\x00/key+with=odd%chars and {KEY}",
    ],
)
def test_the_key_never_appears(said: str) -> None:
    error = ProviderError(said, excerpt=said, secrets=(KEY,))
    assert KEY not in f"{error} {error!r} {error.message} {error.excerpt} {error.args}"


@pytest.mark.parametrize(
    "said",
    [
        "Incorrect API key provided: sk-proj-abc***********wxyz.",
        "Bearer abcdef0123456789 was refused",
        "authorization=Basic dXNlcjpwYXNz0123",
        "cannot reach http://user:hunter2secret@proxy.example:3128/",
        "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        '{"x-api-key": "abcdef0123"}',
    ],
)
def test_what_looks_like_a_credential_is_hidden(said: str) -> None:
    safe = redact(said)
    for secret in ("wxyz", "abcdef0123", "dXNlcjpwYXNz0123", "hunter2secret", "c2ln"):
        assert secret not in safe


def test_ordinary_words_stay() -> None:
    for said in ("This server requires Bearer tokens.", "a basic understanding, with 3 words", "task-force key idea"):
        assert redact(said) == said


def test_control_and_direction_characters_are_removed() -> None:
    assert redact("a\r\nb\x1b[31mc\u202ed\u2066e\ud800f\tg") == "a b[31mcdef g"


def test_excerpts_are_bounded_and_never_halve_a_secret() -> None:
    assert len(excerpt("x" * 1_000)) == 300
    assert "c4nary" not in excerpt("y" * 290 + KEY, (KEY,))
    for visible in range(1, len(KEY)):  # of the key, at the end of what is looked at
        removed = "\x00" * (LOOKED_AT - len("refused ") - visible)
        assert excerpt(f"refused {removed}{KEY}", (KEY,)) == "refused…"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"error": {"message": "as OpenAI", "type": "x", "code": null}}', "as OpenAI"),
        ('{"error": {"code": 400, "message": "as llama.cpp", "type": "invalid_request_error"}}', "as llama.cpp"),
        ('{"error": "as Ollama"}', "as Ollama"),
        ('{"object": "error", "message": "as vLLM", "code": 400}', "as vLLM"),
        ('{"detail": "as FastAPI"}', "as FastAPI"),
        ('{"detail": [{"loc": ["body"], "msg": "as pydantic"}]}', "as pydantic"),
        ('[{"error": {"message": "as Google"}}]', "as Google"),
    ],
)
def test_the_service_s_own_words_reach_the_user(body: str, words: str) -> None:
    error = faults.from_status(400, {}, body)
    assert error.code == "provider.refused"
    assert f"“{words}”" in error.message


@pytest.mark.parametrize(
    "body", ["", "nonsense", "[]", "{}", '{"error": {"message": {"deep": 1}}}', "[" * 50_000, "null"]
)
def test_a_body_that_says_nothing_leaves_the_plain_sentence(body: str) -> None:
    error = faults.from_status(418, {}, body)
    assert (error.code, error.message, error.status) == ("provider.refused", errors.RefusedError.sentence, 418)


@pytest.mark.parametrize(
    "value", ["words", {"message": "m"}, {"code": "x"}, [], 7, None, {"code": 9**99}, {"code": True}]
)
def test_any_error_object_becomes_a_typed_error(value: object) -> None:
    assert isinstance(faults.from_error_object(value), ProviderError)
