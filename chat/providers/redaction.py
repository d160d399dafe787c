"""Makes foreign text safe to show and to log: no secrets, no control characters, a bounded length."""

import re
import unicodedata
from collections.abc import Iterable

EXCERPT_LENGTH = 300
LOOKED_AT = 20_000  # characters: what is behind them is in no excerpt
HIDDEN = "[hidden]"

_URL_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
_SECRET_FORMS = re.compile(
    r"\b(?:sk|pk|rk|gsk|hf|xai|ghp|gho|key)[-_][\w*.-]{6,}"
    r"|\beyJ[\w-]{8,}(?:\.[\w-]*){1,2}"
    r"|\bAIza[\w-]{20,}"
)
_LABELLED = re.compile(
    r"(?i)\b(proxy-authorization|authorization|x-api-key|api[-_]?key|access[-_]?token|password|secret)"
    r"(\\?[\"']?\s*[:=]\s*\\?[\"']?)(?:(?:bearer|basic|token)\s+)?[^\s\"'\\,;&}]+"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+(?=[A-Za-z]*[^A-Za-z\s.,;])[\w.~+/=*-]{6,}")
_SPACES = re.compile(r"\s+")

# Cc control, Cf invisible and direction-changing, Cs lone surrogate, Co private use.
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})


def redact(text: str, secrets: Iterable[str | None] = ()) -> str:
    """`text` on one line without control characters, the given secrets, or anything that looks like a credential."""
    if not (text.isascii() and text.isprintable()):
        text = _SPACES.sub(" ", text)
        text = "".join(char for char in text if unicodedata.category(char) not in _UNSAFE_CATEGORIES)
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    text = _URL_CREDENTIALS.sub("", text)
    text = _LABELLED.sub(rf"\1\2{HIDDEN}", text)
    text = _BEARER.sub(rf"\1 {HIDDEN}", text)
    return _SECRET_FORMS.sub(HIDDEN, text).strip()


def excerpt(text: str, secrets: Iterable[str | None] = (), length: int = EXCERPT_LENGTH) -> str:
    """`redact`, cut to `length` characters with an ellipsis; secrets are removed before the cut, so none is halved."""
    safe = redact(text[:LOOKED_AT], secrets)
    if len(text) <= LOOKED_AT and len(safe) <= length:
        return safe
    if len(safe) < length:  # so much was removed that its last word is the last one looked at: half a secret, perhaps
        safe = safe.rpartition(" ")[0]
    return f"{safe[: length - 1]}…"
