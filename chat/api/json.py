"""How the JSON endpoints read requests and write answers."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from chat.accounts.access import for_user
from chat.errands import errands
from chat.errors import ChatError, NotFound
from chat.shapes import Failure

T = TypeVar("T")
Endpoint = Callable[..., Coroutine[Any, Any, Any]]


class BadRequest(ChatError):
    """The request itself cannot be read."""


def endpoint(**methods: Endpoint) -> Callable[..., Awaitable[HttpResponse]]:
    """One view out of a function for each method; each takes (request, access, ...) and returns what is to be sent.

    What changes anything is done whole, and told, also when the browser goes away before the answer; `get` ends there.
    Signed out: 401. No such thing, or somebody else's: 404. Refused: 400 with a code and a sentence.
    """

    async def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        method = (request.method or "").lower()
        handler = methods.get(method)
        if handler is None:
            refusal = answer(Failure("request.method", "This address does not take that."), 405)
            refusal["Allow"] = ", ".join(sorted(name.upper() for name in methods))
            return refusal
        try:
            access = for_user(await request.auser())
        except PermissionDenied:
            return answer(Failure("session.signed_out", "Sign in first."), 401)
        try:
            work = handler(request, access, **arguments)
            return answer(await (work if method == "get" else errands().run(work)))
        except NotFound as error:
            return answer(Failure(error.code, error.message), 404)
        except ChatError as error:
            return answer(Failure(error.code, error.message), 400)

    return view


def body(request: HttpRequest, shape: type[T]) -> T:
    """The request's JSON in that shape, strictly. Raises BadRequest."""
    if request.content_type != "application/json":
        raise BadRequest("request.content_type", "Send application/json.")
    try:
        return msgspec.json.decode(request.body, type=shape)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise BadRequest("request.invalid", str(error)[:300]) from None


def uuid_parameter(request: HttpRequest, name: str) -> UUID | None:
    """An optional id in the query. Raises BadRequest."""
    text = request.GET.get(name)
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadRequest("request.invalid", f"{name} is no id.") from None


def answer(content: Any, status: int = 200) -> HttpResponse:
    """What a handler returned, as a response: JSON; nothing is 204; a response as it is."""
    if isinstance(content, HttpResponse):
        return content
    if content is None:
        return HttpResponse(status=204)
    response = HttpResponse(msgspec.json.encode(content), status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response
