"""The journal of an answer that another process writes."""

import pytest
from django.utils import timezone

from chat.database import database
from chat.generation.mirror import Mirror
from chat.generation.worker import WORKER
from chat.models import Generation, GenerationDelta, Message
from tests import making


@pytest.fixture
async def mirrored(anna):
    """A running answer of another process with "kept, " before it and "half " stored, and its mirror at that point."""

    def begin():
        conversation = making.conversation(anna, "question", "kept, ")
        row = making.generation(conversation.head, "running", worker=WORKER, lease_until=timezone.now())
        GenerationDelta.objects.create(generation=row, position=0, kind="content", text="half ")
        return row

    row = await database.write(begin)
    mirror = Mirror(row.id, anna.id)
    assert not await mirror.catch_up()
    yield row, mirror
    await database.write(Generation.objects.all().delete)


def end(row, content, position):
    """What the other process stores at the end."""
    GenerationDelta.objects.all().delete()
    Message.objects.filter(id=row.message_id).update(content=content)
    Generation.objects.filter(id=row.id).update(status="completed", position=position)


@pytest.mark.django_db(transaction=True)
async def test_it_takes_the_rest_from_the_message(mirrored):
    row, mirror = mirrored
    await database.write(end, row, "kept, half an answer", len("half an answer"))
    assert await mirror.catch_up()
    assert mirror.journal.text("content") == "half an answer"


@pytest.mark.django_db(transaction=True)
async def test_what_a_continuation_has_written_since_is_not_taken_for_its_own(mirrored):
    row, mirror = mirrored
    await database.write(end, row, "kept, half an answer and more", len("half an answer"))
    assert await mirror.catch_up()
    assert mirror.journal.ended
    assert mirror.journal.text("content") == "half "
