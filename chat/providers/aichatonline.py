"""AiChatOnline: a unique id fetched first, then one prompt, answered by lines of JSON. Out of service since 2024."""

import functools
import logging
import random
import string
from collections.abc import AsyncGenerator
from typing import Any, ClassVar, Self

import aiohttp
from aiohttp import ClientSession

from chat.providers import errors, faults, http
from chat.providers.base import AnswerStream, AsyncGeneratorProvider, Chunk, Messages, ProviderModelMixin
from chat.providers.budgets import Budgets, Clock
from chat.providers.prompts import format_prompt
from chat.providers.retry import DEFAULT_TRIES, with_tries
from chat.providers.streams import JsonLines, NotJson, clean_text, decode_json

logger = logging.getLogger(__name__)

TOKEN_BYTES = 64 * 2**10
TOKEN_SECONDS = 30.0


class AiChatOnline(AsyncGeneratorProvider, ProviderModelMixin):
    """Speaks the wire of aichatonline.org. The service took no notice of the model's name."""

    site_url: ClassVar[str] = "https://aichatonline.org"
    url = "https://aichatonlineorg.erweima.ai"
    api_endpoint: ClassVar[str] = "/aichatonline/api/chat/gpt"
    label = "AiChatOnline"
    working = False
    keeps_budgets = True
    default_model = "gpt-4o-mini"

    @classmethod
    async def grab_token(cls, session: ClientSession, proxy: str | None) -> str:
        """The unique id under which the service answers.

        Raises aiohttp.ClientResponseError where the service answers with an HTTP error or without an id.
        """
        url = f"{cls.url}/api/v1/user/getUniqueId?canvas=-{random_string()}"
        timeout = aiohttp.ClientTimeout(total=TOKEN_SECONDS, sock_connect=10)
        async with session.get(
            url, headers=cls.headers(), proxy=proxy, allow_redirects=False, timeout=timeout
        ) as response:
            response.raise_for_status()
            if response.status != 200:
                raise _response_error(response, response.reason or "")
            document = decode_json(
                (await http.read_bounded(response, TOKEN_BYTES, TOKEN_SECONDS)).decode("utf-8", "replace")
            )
        token = document.get("data") if isinstance(document, dict) else None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not 0 < len(token) <= 512:
            raise _response_error(response, "The answer holds no unique id")
        return token

    @classmethod
    def create_async_generator(
        cls, model: str, messages: Messages, proxy: str | None = None, **kwargs: Any
    ) -> AnswerStream:
        """The answer to `messages` as it arrives; nothing is sent before the first chunk is asked for.

        `base_url` names a compatible server, `timeout` bounds the whole in seconds; see the contract for the rest.
        """
        return AnswerStream(cls._answer(messages, proxy, kwargs))

    @classmethod
    @functools.lru_cache(maxsize=64)
    def at(cls, url: str) -> type[Self]:
        """This class for a compatible server at `url`."""
        return type(cls.__name__, (cls,), {"url": url, "__module__": cls.__module__})

    @classmethod
    def headers(cls) -> dict[str, str]:
        """What Firefox on the service's own page sends. aiohttp adds the encodings it can decode."""
        return {
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Accept-Language": "en-US,en;q=0.5",
            "Referer": f"{cls.url}/chatgpt/chat/",
            "Content-Type": "application/json",
            "Origin": cls.url,
            "Alt-Used": "aichatonline.org",
            "Connection": "keep-alive",
            "Sec-Fetch-Dest": "empty",
            "Sec-Fetch-Mode": "cors",
            "Sec-Fetch-Site": "same-origin",
            "TE": "trailers",
        }

    @classmethod
    async def _answer(
        cls, messages: Messages, proxy: str | None, options: dict[str, Any]
    ) -> AsyncGenerator[Chunk, None]:
        site = cls.at(http.checked_url(options["base_url"], "base")) if options.get("base_url") else cls
        budgets = (options.get("budgets") or Budgets()).within(options.get("timeout"))
        tries = options.get("tries", DEFAULT_TRIES)
        clock = Clock(budgets)
        payload = {"conversationId": random_string(), "prompt": format_prompt(messages)}
        token = await with_tries(lambda: site._token(proxy, clock), clock, tries)
        headers = site.headers() | {"UniqueId": token}
        call = http.Call(
            site.url + site.api_endpoint, headers, payload, "POST", proxy, budgets, tries, (options.get("api_key"),)
        )
        async with await http.open_body(call, clock) as body:
            reader = _AnswerLines(budgets.line)
            async for data in body:
                for text in reader.feed(data):
                    body.first_delta_seen()
                    yield text
            for text in reader.finish(body.status):
                yield text

    @classmethod
    async def _token(cls, proxy: str | None, clock: Clock) -> str:
        try:
            async with clock.scope():
                return await cls.grab_token(http.session(), http.checked_url(proxy, "proxy") if proxy else None)
        except (aiohttp.ClientError, OSError, ValueError) as exc:
            raise faults.from_exception(exc, proxy=proxy, secrets=http.proxy_secrets(proxy)) from None


class _AnswerLines:
    """Takes the texts out of the answer's lines; keeps account of those that hold none."""

    def __init__(self, line_limit: int) -> None:
        self._lines = JsonLines(line_limit)
        self._good = self._odd = 0
        self._anything = False
        self._first_odd = ""

    def feed(self, data: bytes) -> list[str]:
        return [text for value in self._lines.feed(data) if (text := self._text(value))]

    def finish(self, status: int) -> list[str]:
        """The text of a last line without a line end; raises where the stream was cut in it, or had no answer."""
        last = self._lines.finish()
        if isinstance(last, NotJson) and self._good:
            raise errors.IncompleteError(status=status, excerpt=last.text)
        text = self._text(last) if last is not None else None
        if not self._good and self._odd:
            raise errors.BadResponseError(status=status, excerpt=self._first_odd)
        if not self._anything:
            raise errors.EmptyAnswerError(status=status)
        if self._odd:
            logger.warning("AiChatOnline: %d odd lines skipped among %d good ones", self._odd, self._good)
        return [text] if text else []

    def _text(self, value: Any) -> str | None:
        if isinstance(value, dict) and value.get("error"):
            raise faults.from_error_object(value["error"])
        data = value.get("data") if isinstance(value, dict) else None
        text = data.get("message") if isinstance(data, dict) else None
        if not isinstance(text, str):
            self._odd += 1
            self._first_odd = self._first_odd or (value.text if isinstance(value, NotJson) else repr(value))
            return None
        self._good += 1
        self._anything = self._anything or bool(text)
        return clean_text(text)


def random_string(length: int = 10) -> str:
    """Lower-case letters and digits, so that no cache answers and no two conversations share an id."""
    return "".join(random.choices(string.ascii_lowercase + string.digits, k=length))


def _response_error(response: aiohttp.ClientResponse, message: str) -> aiohttp.ClientResponseError:
    return aiohttp.ClientResponseError(
        response.request_info, response.history, status=response.status, message=message, headers=response.headers
    )
