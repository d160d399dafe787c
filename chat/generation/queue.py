"""Sends queued messages: when the answer above them is complete, or when somebody does not want to wait. What is
refused when its turn has come waits on, says why, and holds back what came after it.

The process that ran the answer does it. What one that went down or died has left behind, others send: each looks when
it starts, and every few seconds.
"""

import logging
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseProblem
from django.db import transaction

from chat.accounts.access import Access, for_user
from chat.bus import bus
from chat.database import database
from chat.errands import errands
from chat.errors import ChatError
from chat.events import MessageQueued
from chat.generation import queue_rows, recovery, stops
from chat.generation.asking import Turn, answer
from chat.generation.choices import Pick, chosen
from chat.generation.run import Job
from chat.generation.runner import runner
from chat.generation.turn_rows import new_message
from chat.history.infos import queued_info
from chat.models import Message, QueuedMessage, User
from chat.shapes import QueuedInfo

logger = logging.getLogger(__name__)


async def begin(owner_id: UUID, turn: Turn) -> None:
    """After the commit: tell every tab what has begun, and run it; when it has ended, what is queued below follows."""
    for job in turn.jobs:
        runner().start(job, then=_go_on)  # from the next turn of the loop on: whoever hears of it finds its journal
    bus.publish(owner_id, *turn.events)
    for end in turn.ended:
        recovery.tell_end(owner_id, end)
    if turn.queued_below is not None:  # that may have ended, and its queue been looked through, just before
        await release(owner_id, turn.conversation_id, turn.queued_below)


async def change(access: Access, queued_id: UUID, content: str) -> QueuedInfo:
    """Other words for a queued message, which goes out if only the old ones kept it. Raises ChatError, NotFound."""
    row = await database.write(queue_rows.change, access, queued_id, content)
    info = queued_info(row)
    bus.publish(access.actor.id, MessageQueued(info))
    await release(access.actor.id, row.conversation_id, row.parent.turn_id)
    return info


async def delete(access: Access, queued_id: UUID) -> None:
    """Take a message out of the queue; what only that one held back goes out. Raises NotFound."""
    row = await database.write(queue_rows.delete, access, queued_id)
    bus.publish(access.actor.id, queue_rows.unqueued(row, "deleted"))
    await release(access.actor.id, row.conversation_id, row.parent.turn_id)


async def send_now(access: Access, queued_id: UUID) -> None:
    """Stop the answer above a queued message, and send that as soon as it has ended. Raises ChatError, NotFound."""
    row, running, events = await database.write(queue_rows.hurry, access, queued_id)
    bus.publish(access.actor.id, *events)
    for generation_id in running:
        if not runner().stop(generation_id) and not await recovery.end_abandoned(generation_id):
            ended = await database.write(stops.ask, access, generation_id)
            if ended is not None:
                bus.publish(access.actor.id, ended)
    await release(access.actor.id, row.conversation_id, row.parent.turn_id, raises=True)


async def release(owner_id: UUID, conversation_id: UUID, turn_id: UUID, raises: bool = False) -> None:
    """Send what may go out now below this turn. What cannot be sent waits on; `raises` says whether why is raised, a
    ChatError or the database's error. A process that is going down sends nothing.
    """
    try:
        while not runner().draining and await errands().run(_send_next(owner_id, conversation_id, turn_id)):
            pass
    except ChatError as error:
        if raises:
            raise
        logger.warning("a queued message of conversation %s waits on: %s", conversation_id, error.code)
    except DatabaseProblem as error:  # what it follows is sent, and must not look as if it had failed
        if raises:
            raise
        logger.warning("a queued message of conversation %s waits on: %s", conversation_id, error)


async def _send_next(owner_id: UUID, conversation_id: UUID, turn_id: UUID) -> bool:
    turn = await database.write(_send_due, owner_id, conversation_id, turn_id)
    if turn is None:
        return False
    await begin(owner_id, turn)
    if turn.refusal is not None:
        raise turn.refusal
    return True


async def release_overdue(lately: bool = False) -> None:
    """Send what nothing holds back any more, and nobody has sent; `lately` as `queue_rows.overdue` has it.

    Never raises: what fails here waits on.
    """
    try:
        overdue = await database.read(queue_rows.overdue, lately)
    except DatabaseProblem as error:
        logger.warning("what is queued could not be looked through: %s", error)
        return
    for owner_id, conversation_id, turn_id in overdue:
        try:
            await release(owner_id, conversation_id, turn_id)
        except Exception:
            logger.exception("the queue of conversation %s could not be released", conversation_id)


async def _go_on(job: Job) -> None:
    try:
        if await database.look_up(queue_rows.has_any, job.conversation_id):
            await release(job.owner_id, job.conversation_id, job.turn_id)
    except DatabaseProblem as error:
        logger.warning("the queue of conversation %s could not be read: %s", job.conversation_id, error)


def _send_due(owner_id: UUID, conversation_id: UUID, turn_id: UUID) -> Turn | None:
    try:
        access = for_user(User.objects.filter(id=owner_id).first())
    except PermissionDenied:
        return None
    with transaction.atomic():
        row = queue_rows.due(access, conversation_id, turn_id)
        if row is None:
            return None
        try:
            return _send(access, row)
        except ChatError as refusal:
            return Turn(conversation_id, queue_rows.refuse(row, refusal), refusal=refusal)


@transaction.atomic
def _send(access: Access, row: QueuedMessage) -> Turn:
    conversation = row.conversation
    picks = [Pick(UUID(choice["connection_id"]), choice["model_id"]) for choice in row.models]
    asking = chosen(access, conversation, picks)
    QueuedMessage.objects.filter(id=row.id).delete()
    behind = [other for other in queue_rows.waiting(conversation) if other.parent_id == row.parent_id]
    shown = {one.message_id for one in queue_rows.columns(row.parent)}
    asked = new_message(
        conversation, Message.Role.USER, parent=row.parent, content=row.content, client_id=row.client_id
    )
    if row.parameters is not None:
        conversation.parameters = row.parameters
    turn = answer(access, asked, asking, waiting=behind, keeps_head=conversation.head_id not in shown)
    return replace(turn, events=[queue_rows.unqueued(row, "sent"), *turn.events])
