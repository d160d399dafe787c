"""Turns what aiohttp raises and what services answer in place of an answer into this package's errors."""

import email.utils
import json
import re
import ssl
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp.http_exceptions import ContentEncodingError, HttpProcessingError

from chat.providers import errors
from chat.providers.errors import ProviderError
from chat.providers.redaction import excerpt as safe_excerpt

RETRY_STATUSES = frozenset({502, 503, 504, 529})

_BY_STATUS: dict[int, type[ProviderError]] = {
    401: errors.UnauthorizedError,
    402: errors.QuotaExceededError,
    403: errors.UnauthorizedError,
    404: errors.NotFoundError,
    407: errors.ProxyFailedError,
    413: errors.ContextTooLongError,
    429: errors.RateLimitedError,
}
_BY_WORDS: tuple[tuple[re.Pattern[str], type[ProviderError]], ...] = (
    (re.compile(r"insufficient_quota|exceeded your current quota|insufficient (balance|credit)|billing", re.I),
     errors.QuotaExceededError),
    (re.compile(
        r"context_length_exceeded|exceed_context_size|exceeds? the (available |maximum )?context|maximum context length"
        r"|context (window|length|size) (is )?(exceeded|too)|(prompt|input|request) is too (long|large)", re.I),
     errors.ContextTooLongError),
    (re.compile(r"model_not_found|model .{0,100}(does not exist|not found|is not supported)|no such model"
                r"|unknown model|invalid model", re.I),
     errors.ModelNotSupportedError),
)  # fmt: skip
_BY_TYPE: tuple[tuple[re.Pattern[str], type[ProviderError]], ...] = (
    (re.compile(r"invalid_api_key|authentication|permission|unauthorized", re.I), errors.UnauthorizedError),
    (re.compile(r"rate_limit|too_many_requests", re.I), errors.RateLimitedError),
    (re.compile(r"overloaded|unavailable|server_error|internal|timeout", re.I), errors.UnavailableError),
    (re.compile(r"invalid_request|bad_request|validation", re.I), errors.RefusedError),
)


def from_exception(exc: Exception, *, proxy: str | None = None, secrets: Iterable[str | None] = ()) -> ProviderError:
    """The error for an exception raised while connecting and waiting for the head of the answer."""
    if isinstance(exc, ProviderError):
        return exc
    kind = _kind_of_connect_failure(exc, proxy)
    status = getattr(exc, "status", None) or None
    if kind is errors.BadResponseError and isinstance(exc, aiohttp.ClientResponseError) and not _is_malformed(exc):
        return from_status(exc.status, exc.headers or {}, exc.message, secrets)
    return kind(status=status, excerpt=f"{type(exc).__name__}: {exc}", secrets=secrets)


def _is_malformed(exc: aiohttp.ClientResponseError) -> bool:
    """Whether what came was no HTTP: aiohttp reports that as status 400, like an answer with that status."""
    return isinstance(exc.__cause__, HttpProcessingError)


def _kind_of_connect_failure(exc: Exception, proxy: str | None) -> type[ProviderError]:
    through_proxy = isinstance(exc, (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError))
    if through_proxy or _is_about_host(exc, proxy):
        return errors.ProxyFailedError
    if isinstance(exc, (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch, ssl.SSLError)):
        return errors.TlsFailedError
    if isinstance(exc, aiohttp.ClientConnectorDNSError):
        return errors.DnsFailedError
    if isinstance(exc, TimeoutError):
        connecting = isinstance(exc, aiohttp.ConnectionTimeoutError)
        return errors.ConnectTimeoutError if connecting else errors.FirstDeltaTimeoutError
    if isinstance(exc, aiohttp.ClientResponseError):
        return errors.BadResponseError
    if isinstance(exc, (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)):
        return errors.MisconfiguredError
    if isinstance(exc, (aiohttp.ClientError, OSError)):
        return errors.ConnectionFailedError
    return errors.MisconfiguredError if isinstance(exc, ValueError) else ProviderError


def _is_about_host(exc: Exception, proxy: str | None) -> bool:
    """Whether a proxy's own name could not be found: aiohttp reports it like the target's."""
    if proxy is None or not isinstance(exc, aiohttp.ClientConnectorDNSError):
        return False
    return f"//{exc.host}:" in proxy or f"@{exc.host}:" in proxy


def from_reading(exc: Exception, secrets: Iterable[str | None] = ()) -> ProviderError:
    """The error for an exception raised while the body arrives."""
    if isinstance(exc, ProviderError):
        return exc
    undecodable = isinstance(exc.__cause__, ContentEncodingError)
    kind = errors.BadResponseError if undecodable else errors.IncompleteError
    return kind(excerpt=f"{type(exc).__name__}: {exc}", secrets=secrets)


def from_status(
    status: int, headers: Mapping[str, str], body: str, secrets: Iterable[str | None] = ()
) -> ProviderError:
    """The error for an HTTP status other than 200, with the service's own words where the body is JSON."""
    if 300 <= status < 400:
        where = headers.get("Location", "")
        return errors.RedirectedError(status=status, excerpt=f"Location: {where}", secrets=secrets)
    words, marks = _words_of(body)
    kind = _kind_of_refusal(status, f"{marks} {words}")
    return kind(
        _with_words(kind, words, secrets),
        status=status,
        retry_after=retry_after(headers),
        retryable=kind.may_retry or status in RETRY_STATUSES,
        excerpt=body,
        secrets=secrets,
    )


def from_error_object(error: object, secrets: Iterable[str | None] = ()) -> ProviderError:
    """The error for an `error` object sent in the body of a successful answer: a string, or a mapping with words."""
    words, marks = _words_of_object({"error": error})
    mapping = error if isinstance(error, Mapping) else {}
    status = next((value for key in ("status", "code") if _is_status(value := mapping.get(key))), None)
    kind = _kind_of_refusal(status, f"{marks} {words}") if status else _kind_by_words(f"{marks} {words}", marks)
    raw = json.dumps(error, ensure_ascii=False, default=str)
    return kind(_with_words(kind, words, secrets), status=status, excerpt=raw, secrets=secrets)


def _is_status(value: object) -> bool:
    return isinstance(value, int) and 400 <= value <= 599


def _kind_of_refusal(status: int, text: str) -> type[ProviderError]:
    if status in (400, 402, 404, 413, 422, 429, 500):
        for pattern, kind in _BY_WORDS:
            if pattern.search(text):
                return kind
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return errors.UnavailableError
    return errors.RefusedError if status >= 400 else errors.BadResponseError


def _kind_by_words(text: str, marks: str) -> type[ProviderError]:
    candidates = [kind for pattern, kind in _BY_WORDS if pattern.search(text)]
    candidates += [kind for pattern, kind in _BY_TYPE if pattern.search(marks)]
    return candidates[0] if candidates else errors.UnavailableError


def _with_words(kind: type[ProviderError], words: str, secrets: Iterable[str | None]) -> str:
    said = safe_excerpt(words, secrets)
    return f"{kind.sentence} The service said: “{said}”" if said else kind.sentence


def _words_of(body: str) -> tuple[str, str]:
    try:
        return _words_of_object(json.loads(body, strict=False))
    except (ValueError, RecursionError):
        return "", ""


def _words_of_object(document: Any) -> tuple[str, str]:
    """The human sentence and the machine's marks in an error as OpenAI, llama.cpp, Ollama, vLLM or FastAPI put it."""
    if isinstance(document, list) and document:
        document = document[0]
    if not isinstance(document, Mapping):
        return "", ""
    error = document.get("error", document)
    if isinstance(error, str):
        return error, str(document.get("code", ""))
    if not isinstance(error, Mapping):
        return "", ""
    words = error.get("message") or error.get("detail") or error.get("msg") or ""
    if isinstance(words, list):
        words = "; ".join(str(item.get("msg", "")) if isinstance(item, Mapping) else str(item) for item in words[:5])
    marks = " ".join(str(error[key]) for key in ("type", "code", "status") if error.get(key) is not None)
    return (words if isinstance(words, str) else ""), marks


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3): a number, or a date, never negative."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value):
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
