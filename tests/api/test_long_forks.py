"""Forks of long conversations: others write in between, nobody sees a half, and who asked may go away."""

import asyncio
import json

import pytest

from chat.accounts.access import for_user
from chat.database import database
from chat.history import conversations
from chat.models import Conversation, Message
from tests import making

BATCHES = 12
LENGTH = 100 * BATCHES


@pytest.fixture
def row(transactional_db, anna):
    row = making.conversation(anna, "root", title="Rivers")
    texts = [Message(conversation=row, owner=anna, parent=row.head, role="user", content=str(number),
                     created_at=row.created_at) for number in range(LENGTH - 1)]  # fmt: skip
    Message.objects.bulk_create(texts, batch_size=500)
    return row


@pytest.fixture
async def asking(async_client, anna, row):
    """Anna's request for a copy of everything, under way."""
    await async_client.aforce_login(anna)
    body = json.dumps({"message_id": str(row.head_id), "scope": "all"})
    task = asyncio.create_task(
        async_client.post(f"/api/conversations/{row.id}/fork", body, content_type="application/json")
    )
    yield task
    await asyncio.gather(task, return_exceptions=True)


def listed(anna):
    return [info.title for info in conversations.page(for_user(anna)).items]


def copied():
    return Message.objects.exclude(conversation__title="Rivers").count()


async def test_others_write_while_a_long_copy_is_made_and_nobody_sees_a_half_of_it(anna, asking):
    seen = []
    while not asking.done():
        seen.append(await database.write(lambda: (copied(), listed(anna))))
    assert (await asking).status_code == 200
    halves = [titles for count, titles in seen if 0 < count < LENGTH]
    assert len(halves) >= BATCHES / 3
    assert all(titles == ["Rivers"] for titles in halves)
    assert (await database.read(copied), await database.read(listed, anna)) == (LENGTH, ["Rivers (2)", "Rivers"])


async def test_a_copy_is_made_whole_when_who_asked_for_it_has_gone(anna, asking):
    while not await database.read(copied):
        await asyncio.sleep(0)
    asking.cancel()
    async with asyncio.timeout(30):
        while len(await database.read(listed, anna)) < 2:
            await asyncio.sleep(0.01)
    assert await database.read(copied) == LENGTH
    assert not await database.read(Conversation.objects.filter(head=None).exists)
