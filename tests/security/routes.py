"""Every HTTP route of the site, with the decision who may use it, and the walk that asks as a stranger."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from chat.models import Conversation
from tests.security.belongings import Ids, everything, without_ids


class For(Enum):
    """Whom a route is for."""

    ANYBODY = "takes no id and shows nothing of anybody"
    SIGNED_IN = "takes no id; shows each their own"
    OWNER = "takes an id; for its owner alone"
    STAFF = "the administration; by permission"


ADMIN_PAGES = ("changelist", "add", "change", "delete", "history")
ADMIN_MODELS = ("user", "connection", "conversation", "generation")

DECISIONS: dict[str, For] = {
    "home": For.SIGNED_IN,
    "conversation": For.OWNER,
    "setup": For.ANYBODY,
    "diagram": For.ANYBODY,
    "manifest": For.ANYBODY,
    "service_worker": For.ANYBODY,
    "offline": For.ANYBODY,
    "healthz": For.ANYBODY,
    "readyz": For.ANYBODY,
    "account_login": For.ANYBODY,
    "account_logout": For.SIGNED_IN,
    "account_inactive": For.ANYBODY,
    "account_change_password": For.SIGNED_IN,
    "account_reauthenticate": For.SIGNED_IN,
    "api_conversations": For.SIGNED_IN,
    "api_conversation": For.OWNER,
    "api_head": For.OWNER,
    "api_messages": For.OWNER,
    "api_conversation_restore": For.OWNER,
    "api_fork": For.OWNER,
    "api_conversation_draft": For.OWNER,
    "api_draft": For.SIGNED_IN,
    "api_message": For.OWNER,
    "api_message_restore": For.OWNER,
    "api_feedback": For.OWNER,
    "api_queued": For.OWNER,
    "api_prompts": For.SIGNED_IN,
    "api_prompt": For.OWNER,
    "api_preferences": For.SIGNED_IN,
    "api_models": For.SIGNED_IN,
    "admin:login": For.ANYBODY,
    "admin/(?P<url>.*)$": For.STAFF,
    **{f"admin:chat_{model}_{page}": For.STAFF for model in ADMIN_MODELS for page in ADMIN_PAGES},
    **{f"admin/chat/{model}/<path:object_id>/": For.STAFF for model in ADMIN_MODELS},
    **dict.fromkeys(
        (
            "admin:index", "admin:logout", "admin:password_change", "admin:password_change_done", "admin:autocomplete",
            "admin:jsi18n", "admin:view_on_site", "admin:app_list", "admin:auth_user_password_change",
        ),
        For.STAFF,
    ),
}  # fmt: skip

METHODS = {For.OWNER: ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"), For.STAFF: ("GET", "POST")}

BODIES: dict[str, Callable[[Ids], dict[str, object]]] = {
    "api_head": lambda ids: {"message_id": str(ids.answer)},
    "api_fork": lambda ids: {"message_id": str(ids.answer), "scope": "path"},
    "api_conversation_draft": lambda ids: {"content": "stolen", "source": "stranger"},
    "api_message": lambda ids: {"content": "stolen"},
    "api_feedback": lambda ids: {"rating": "down", "note": "stolen"},
    "api_queued": lambda ids: {"content": "stolen"},
    "api_prompt": lambda ids: {"content": "stolen"},
}
"""What a request to a route would be taken with from its owner; a new title where nothing else is said."""

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
TOKENS = re.compile(r'(csrfmiddlewaretoken" value="|csrf_token": ?")[^"]+')


@dataclass(frozen=True)
class Route:
    """One route. `key` is its name, or its pattern where it has none."""

    key: str
    pattern: str

    @property
    def decision(self) -> For | None:
        return DECISIONS.get(self.key)

    @property
    def takes_ids(self) -> bool:
        return bool(ARGUMENT.search(self.pattern))

    def address(self, ids: Ids) -> str:
        """Its address with these ids in all its arguments."""
        return "/" + ARGUMENT.sub(lambda match: self._argument(match[1] or match[2], ids), self.pattern).strip("^$")

    def _argument(self, name: str, ids: Ids) -> str:
        if name == "object_id":
            model = next((model for model in ADMIN_MODELS if f"chat/{model}/" in self.pattern), "conversation")
            return str({"user": ids.user, "generation": ids.running}.get(model, ids.conversation))
        known: dict[str, Callable[[], object]] = {
            "conversation_id": lambda: self._of("restore", ids.deleted_conversation, ids.conversation),
            "message_id": lambda: self._of("restore", ids.deleted_message, ids.answer),
            "queued_id": lambda: ids.queued,
            "prompt_id": lambda: ids.prompt,
            "id": lambda: ids.user,
            "content_type_id": lambda: ContentType.objects.get_for_model(Conversation).pk,
            "app_label": lambda: "chat",
            "url": lambda: f"nowhere/{ids.conversation}",
        }
        return str(known[name]())

    def _of(self, ending: str, these: object, others: object) -> object:
        return these if self.pattern.endswith(ending) else others


def routes() -> list[Route]:
    """All routes of the site."""
    return list(_routes(get_resolver().url_patterns, "", ""))


def undecided() -> list[str]:
    """Routes that nobody has decided about."""
    return [route.key for route in routes() if route.decision is None]


def stranger_problems(client: Client, audience: For, theirs: Ids, unknown: Ids) -> list[str]:
    """Where this client can tell what belongs to somebody else from what does not exist, or has changed it."""
    problems = []
    for route in routes():
        if route.decision not in (audience, None) or not route.takes_ids:
            continue
        for method in METHODS[audience]:
            before = everything()
            answers = [ask(client, method, route, ids, theirs, unknown) for ids in (theirs, unknown)]
            if answers[0] != answers[1]:
                problems.append(f"{method} {route.key}: {answers[0][:2]} is not {answers[1][:2]}")
            if answers[0][0] < 300:
                problems.append(f"{method} {route.key}: {answers[0][0]}")
            if everything() != before:
                problems.append(f"{method} {route.key}: has changed something")
    return problems


def ask(client: Client, method: str, route: Route, ids: Ids, *owners: Ids) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of an answer, without the ids, the time and the tokens of forms."""
    data, content_type = _body(method, route, ids)
    response = client.generic(method, route.address(ids), data, content_type=content_type)
    headers = {name: without_ids(value, *owners) for name, value in response.items() if name != "Expires"}
    body = TOKENS.sub(r"\1", without_ids(response.content.decode(), *owners))
    return response.status_code, headers, body


def _body(method: str, route: Route, ids: Ids) -> tuple[str, str]:
    if route.pattern.startswith("admin/"):
        return "post=yes&title=stolen&username=stolen", "application/x-www-form-urlencoded"
    if method in {"POST", "PUT", "PATCH"} and route.key in BODIES:
        return json.dumps(BODIES[route.key](ids)), "application/json"
    return (json.dumps({"title": "stolen"}) if method in {"POST", "PUT", "PATCH"} else ""), "application/json"


def _routes(patterns: list[URLPattern | URLResolver], prefix: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(namespace + entry.name if entry.name else pattern, pattern)
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _routes(entry.url_patterns, pattern, inner)
