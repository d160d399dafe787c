"""A provider written only against the contract: it imports nothing of this project."""


class Echo:
    """Says back what it was asked."""

    url = "http://localhost"
    working = True
    supports_stream = True
    default_model = "echo-1"

    @classmethod
    async def create_async_generator(cls, model, messages, proxy=None, **kwargs):
        for word in messages[-1]["content"].split(" "):
            yield word + " "
