"""Classes as people write them for gpt4free's contract: nothing of this project is imported, faults included."""

import asyncio
import json

import aiohttp


class ResponseType:
    pass


class HiddenResponse(ResponseType):
    def __str__(self):
        return ""


class Reasoning(ResponseType):
    def __init__(self, token=None, status=None, is_thinking=None):
        self.token, self.status, self.is_thinking = token, status, is_thinking

    def __str__(self):
        return self.is_thinking or self.token or f"{self.status}\n"


class Usage(HiddenResponse):
    def __init__(self, **counts):
        self.__dict__.update(counts)

    def get_dict(self):
        return dict(self.__dict__)


class FinishReason(HiddenResponse):
    def __init__(self, reason):
        self.reason = reason


class TitleGeneration(HiddenResponse):
    def __init__(self, title):
        self.title = title


class RateLimitError(Exception):
    pass


class Foreign:
    """An asynchronous generator method, one session for each call, aiohttp's own line iteration."""

    url = "https://foreign.example"
    working = True
    supports_stream = True

    @classmethod
    async def create_async_generator(cls, model, messages, proxy=None, base_url=None, **kwargs):
        async with aiohttp.ClientSession() as session:
            body = {"model": model, "messages": messages, "stream": True}
            async with session.post(f"{base_url}/chat/completions", json=body, proxy=proxy) as response:
                response.raise_for_status()
                async for line in response.content:
                    if not line.startswith(b"data: ") or line.startswith(b"data: [DONE]"):
                        continue
                    for choice in json.loads(line[6:]).get("choices", []):
                        if choice["delta"].get("content"):
                            yield choice["delta"]["content"]


class ForeignCoroutine(Foreign):
    """A coroutine that resolves to the generator."""

    @classmethod
    async def create_async_generator(cls, model, messages, **kwargs):
        await asyncio.sleep(0)
        return Foreign.create_async_generator(model, messages, **kwargs)


class ForeignValues:
    """Yields every kind of value the contract knows, and some it does not."""

    @classmethod
    async def create_async_generator(cls, model, messages, **kwargs):
        yield TitleGeneration("never shown")
        yield Reasoning(status="Searching", token=None)
        yield Reasoning(is_thinking="<think>", token=None)
        yield Reasoning("hm\x00")
        yield None
        yield {"json": "of the service"}
        yield "a\x00b\ud800c"
        yield ""
        yield Usage(prompt_tokens=3, completion_tokens=4, total_tokens=7)
        yield FinishReason("stop")


class ForeignRaises:
    @classmethod
    async def create_async_generator(cls, model, messages, api_key=None, **kwargs):
        yield "partial"
        raise RateLimitError(f"slow down, key {api_key}")


class ForeignYieldsException:
    @classmethod
    async def create_async_generator(cls, model, messages, **kwargs):
        yield RuntimeError("this is no text")


class ForeignSilent:
    @classmethod
    async def create_async_generator(cls, model, messages, **kwargs):
        for _ in ():
            yield ""


class ForeignSwallows:
    """The well-known fault: a bare except around `yield`, deaf to cancellation and to closing."""

    @classmethod
    async def create_async_generator(cls, model, messages, **kwargs):
        for number in range(50):
            try:
                await asyncio.sleep(0.001)
                yield f"{number} "
            except:  # noqa: E722
                continue


class NoProvider:
    """Lacks the one method."""
