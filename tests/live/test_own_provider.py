"""A class that imports nothing of this project answers in a conversation."""

from chat.database import database
from chat.models import Connection, Message
from tests.generation import own_provider
from tests.live.socket import Socket


async def test_a_class_named_by_its_dotted_path_answers(engine, connection, anna):
    kind = f"{own_provider.__name__}.Echo"
    await database.write(Connection.objects.filter(id=connection.id).update, kind=kind, model_ids=[], base_url="")
    async with Socket(anna) as socket:
        started = await socket.ask("many words come back")
        ended = await socket.until("generation.ended")
    assert ended["status"] == "completed"
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == "many words come back "
