"""Asks in a temporary conversation: no rows, no words in the log; what was said before comes along with the message.

What such a conversation was is in the memory of this process until some minutes after its last answer, so that a cut
socket can go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from msgspec import UNSET, UnsetType

from chat.accounts.access import Access
from chat.database import database
from chat.errors import ChatError, NotFound
from chat.events import Event, GenerationStarted
from chat.generation.asking import check_text
from chat.generation.choices import Chosen, Pick, chosen
from chat.generation.context import Prompt, check_fits, prompt_from
from chat.generation.run import Job
from chat.generation.runner import runner
from chat.generation.temporaries import temporaries
from chat.generation.temporary_conversation import TemporaryConversation
from chat.models import Conversation
from chat.providers.errors import ProviderError


@dataclass(frozen=True)
class Question:
    """What somebody asks, with what was said before. An unset `parent_id` is the last answer."""

    client_id: UUID
    content: str
    conversation_id: UUID | None = None
    parent_id: UUID | UnsetType | None = UNSET
    transcript: Sequence[tuple[str, str]] = ()
    picks: Sequence[Pick] = ()
    parameters: dict[str, object] = field(default_factory=dict)
    system_prompt: str = ""  # else the transcript's


@dataclass(frozen=True)
class TemporaryTurn:
    """What has been asked. `repeats`: this call only repeats another one, whose events these are."""

    conversation: TemporaryConversation
    events: list[Event]
    jobs: Sequence[Job] = ()
    repeats: bool = False

    def begin(self) -> None:
        """Ask the models, and tell the tabs that have this conversation open."""
        for job in self.jobs:
            runner().start_unstored(job, self.conversation.end)
        self.conversation.publish(*self.events)


Plan = list[tuple[Chosen, Prompt | ProviderError]]
"""The models to ask, and what each is shown."""


async def send(access: Access, question: Question) -> TemporaryTurn:
    """Ask something that nothing keeps. Raises ChatError, NotFound."""
    owner_id = access.actor.id
    check_text(question.content)
    if (repeated := _repeated(owner_id, question)) is not None:
        return repeated
    picks = question.picks
    if question.conversation_id is not None:
        known = temporaries().find(owner_id, question.conversation_id)
        if known is None:
            await database.look_up(access.conversation, question.conversation_id)
            raise ChatError("conversation.stored", "This conversation is kept. A temporary chat is always a new one.")
        picks = picks or [Pick(known.info.connection, known.info.model_id)]
    plan = await database.read(_plan, access, question, picks)
    # Nothing is awaited from here on: what another tab has asked meanwhile is there already, or comes after.
    return _repeated(owner_id, question) or _ask(owner_id, question, plan)


def _repeated(owner_id: UUID, question: Question) -> TemporaryTurn | None:
    found = temporaries().asked(owner_id, question.client_id)
    return TemporaryTurn(found, found.told(question.client_id), repeats=True) if found else None


def _plan(access: Access, question: Question, picks: Sequence[Pick]) -> Plan:
    said = [*question.transcript, ("user", question.content)]
    system = said.pop(0)[1] if said[0][0] == "system" else ""
    system = question.system_prompt or system
    # Carries what was asked for to where prompts are made; it never becomes a row.
    conversation = Conversation(owner=access.actor, system_prompt=system, parameters=question.parameters)
    plan: Plan = []
    for connection, model_id in chosen(access, None, picks):
        check_fits(question.content, conversation, connection, model_id)
        try:
            plan.append(((connection, model_id), prompt_from(conversation, said, connection, model_id)))
        except ProviderError as error:
            plan.append(((connection, model_id), error))
    return plan


def _ask(owner_id: UUID, question: Question, plan: Plan) -> TemporaryTurn:
    if question.conversation_id is None:
        conversation = temporaries().new(owner_id, [said for said in question.transcript if said[0] != "system"])
    elif (found := temporaries().find(owner_id, question.conversation_id)) is not None:
        conversation = found
    else:
        raise NotFound("conversation")
    parent_id = conversation.parent(question.parent_id)
    temporaries().use(conversation)
    started = conversation.ask(question.client_id, parent_id, question.content, [model for model, _ in plan])
    jobs = [_job(owner_id, event, prompt) for event, (_, prompt) in zip(started, plan, strict=True)]
    return TemporaryTurn(conversation, conversation.told(question.client_id), jobs)


def _job(owner_id: UUID, started: GenerationStarted, prompt: Prompt | ProviderError) -> Job:
    return Job(
        generation_id=started.generation_id,
        message_id=started.message_id,
        conversation_id=started.conversation_id,
        owner_id=owner_id,
        turn_id=started.turn_id,
        connection=started.connection,
        model_id=started.model_id,
        prompt=prompt,
    )
