"""Reads a Content-Security-Policy and names what is not strict in it, and what in a page would break it."""

import re
from collections.abc import Iterator, Mapping

TRUSTED_TYPES = {"require-trusted-types-for": ["'script'"], "trusted-types": ["dompurify", "service-worker"]}
ALLOWED = {
    "img-src": {"'self'", "data:"},
    "require-trusted-types-for": {"'script'"},
    "trusted-types": {"dompurify", "service-worker"},
}
"""What a directive may list, where that is not only 'self' or 'none'."""

DIAGRAM = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'unsafe-inline'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-scripts"],
}
"""The policy of the frame that draws diagrams, the one exception: inline styles, in a sandbox without network."""

DATA_BLOCKS = frozenset({"application/json"})

INLINE = (
    (re.compile(r"<script\b(?![^>]*\bsrc=)([^>]*)>", re.IGNORECASE), "an inline script"),
    (re.compile(r"<style\b", re.IGNORECASE), "an inline style sheet"),
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE), "a style attribute"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE), "an event handler"),
    (re.compile(r"""(?:href|src|action)\s*=\s*["']?\s*(?:javascript:|data:text)""", re.IGNORECASE), "a script address"),
    (re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE), "an address elsewhere"),
)


def directives(policy: str) -> dict[str, list[str]]:
    """The directives of a policy with their values."""
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name: values for name, *values in parts}


def policy_problems(headers: Mapping[str, str], *, admin: bool = False) -> Iterator[str]:
    """What is not strict in the headers of an answer. Only the administration may go without Trusted Types."""
    policy = directives(headers.get("Content-Security-Policy", ""))
    expected = {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}
    if not is_bare(policy):
        expected |= {"base-uri": ["'none'"], "form-action": ["'self'"], **({} if admin else TRUSTED_TYPES)}
    for name, values in expected.items():
        if policy.get(name) != values:
            yield f"{name} is {policy.get(name)}"
    for name, values in policy.items():
        if not set(values) <= ALLOWED.get(name, {"'self'", "'none'"}):
            yield f"{name} allows {values}"
    if admin and set(policy) & set(TRUSTED_TYPES):
        yield "Trusted Types break the administration"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "types may be guessed"


def diagram_problems(headers: Mapping[str, str]) -> Iterator[str]:
    """Where the frame for diagrams may do more, or less, than it needs."""
    policy = directives(headers.get("Content-Security-Policy", ""))
    yield from (f"{name} is {policy.get(name)}" for name in policy | DIAGRAM if policy.get(name) != DIAGRAM.get(name))
    if headers.get("X-Frame-Options") != "SAMEORIGIN":
        yield "other sites may frame it"


def is_bare(policy: Mapping[str, list[str]]) -> bool:
    """Whether it allows nothing at all: what the server says of its own plain-text refusals."""
    return set(policy) == {"default-src", "frame-ancestors"}


def page_problems(html: str) -> Iterator[str]:
    """What in a page its policy forbids. Data blocks are no scripts."""
    for pattern, name in INLINE:
        for match in pattern.finditer(html):
            if match.groups() and any(f'type="{kind}"' in match[1] for kind in DATA_BLOCKS):
                continue
            yield f"{name}: {match[0][:120]}"
