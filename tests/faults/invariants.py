"""What has to be true after every fault, whatever happened: each clause is a function that names what breaks it."""

import asyncio
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from chat.models import Generation, GenerationDelta, Message, Status
from chat.providers.session import session
from tests.faults.chains import asks, is_chain
from tests.upstream.record import Answer

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
OPEN_FILES = Path("/proc/self/fd")

Frame = dict[str, Any]
Texts = dict[str, str]
Sent = tuple[str, str, str]  # question, content, reasoning


def lease_problems(now: datetime | None = None) -> list[str]:
    """Generations that run without a live lease."""
    dead = Q(lease_until=None) | Q(lease_until__lte=now or timezone.now())
    rows = Generation.objects.filter(dead, status=Status.RUNNING)
    return [f"generation {row.id} runs, with a lease until {row.lease_until}" for row in rows]


def position_problems() -> list[str]:
    """Deltas that are not contiguous from 0, or are still there though their answer has ended."""
    problems = []
    for generation in Generation.objects.filter(deltas__isnull=False).distinct():
        end = 0
        for delta in GenerationDelta.objects.filter(generation=generation).order_by("position"):
            if delta.position != end:
                problems.append(f"generation {generation.id}: {delta.position} follows {end}")
            end = delta.position + len(delta.text)
        if generation.status != Status.RUNNING:
            problems.append(f"generation {generation.id} is {generation.status} and still has deltas")
    return problems


def ending_problems(frames: Iterable[Frame]) -> list[str]:
    """Answers of one socket's record without exactly one end, with text after it, or with a gap in their text."""
    started, ended, reached = set[str](), Counter[str](), dict[str, int]()
    problems = []
    for frame in frames:
        name = str(frame.get("generation_id"))
        match frame["type"]:
            case "generation.started":
                started.add(name)
            case "generation.delta":
                start, end = frame["from"], frame["to"]
                if ended[name] or start != reached.get(name, start):
                    problems.append(f"{name}: {start} follows {reached.get(name)} and {ended[name]} ends")
                if end - start != sum(len(part["text"]) for part in frame["parts"]):
                    problems.append(f"{name}: text and positions differ from {start} on")
                reached[name] = end
            case "generation.ended":
                ended[name] += 1
                if frame["position"] != reached.get(name, frame["position"]):
                    problems.append(f"{name}: ends at {frame['position']} after {reached[name]}")
    wrong = {name for name in started | set(ended) if ended[name] != 1}
    return problems + [f"{name}: {ended[name]} ends" for name in sorted(wrong)]


def text_problems(answers: Iterable[Answer]) -> list[str]:
    """Ended answers whose stored text is not what the service says it sent for their question.

    A completed answer is all of what one request sent; any other end is the beginning of it. Answers that were
    continued are compared with what several requests sent, one after the other.
    """
    answers = list(answers)
    sent = [(_question(answer), storable(answer.text), storable("".join(answer.reasoning))) for answer in answers]
    texts = [(answer, content) for answer, (_, content, _) in zip(answers, sent, strict=True)]
    problems = []
    for message in Message.objects.filter(role="assistant").prefetch_related("generations"):
        generations = list(message.generations.all())
        if not generations or any(row.status == Status.RUNNING for row in generations):
            continue
        reached = sum(row.position for row in generations)
        if reached != len(message.content) + len(message.reasoning):
            problems.append(f"message {message.id}: positions up to {reached}, {len(message.content)} stored")
        if len(generations) > 1:
            question = Message.objects.get(id=message.parent_id).content
            was_sent = is_chain(message.content, question, texts, len(generations))
        else:
            was_sent = _was_sent(message, generations[0], sent)
        if not was_sent:
            problems.append(f"message {message.id}: {message.content[:80]!r} was never sent for its question")
    return problems


def shown_problems(pages: Sequence[dict[str, Texts]]) -> list[str]:
    """Ended answers of which a page has shown more than is stored; only a process that died may have lost some."""
    rows = Message.objects.filter(id__in={key for page in pages for key in page}, role="assistant")
    rows = rows.prefetch_related("generations")
    stored = {str(row.id): row for row in rows}
    problems = []
    for message_id, texts in (each for page in pages for each in page.items() if each[0] in stored):
        message = stored[message_id]
        statuses = {row.status for row in message.generations.all()}
        if statuses & {Status.RUNNING, Status.INTERRUPTED}:
            continue
        for kind, text in texts.items():
            if not getattr(message, kind).startswith(text):
                problems.append(f"message {message_id}: more was shown as {kind} than is stored: {text[-80:]!r}")
    return problems


def running_problems() -> list[str]:
    """Generations that have not come to an end."""
    rows = Generation.objects.filter(status=Status.RUNNING)
    return [f"generation {row.id} still runs, of {row.worker}" for row in rows]


def ended_among(generation_ids: Collection[str]) -> set[str]:
    """Those of these generations that have ended."""
    rows = Generation.objects.filter(id__in=generation_ids).exclude(status=Status.RUNNING)
    return {str(key) for key in rows.values_list("id", flat=True)}


def storable(text: str) -> str:
    """Text as every database can hold it: the replacement that the decoder makes."""
    return UNSTORABLE.sub("\ufffd", text)


@dataclass(frozen=True)
class Held:
    """What the process holds at one moment: tasks, the service's connections, open files. Taken on the loop."""

    tasks: frozenset[asyncio.Task[Any]]
    files: Counter[str]

    @classmethod
    def now(cls) -> "Held":
        return cls(frozenset(asyncio.all_tasks()), Counter(_open_files()))

    def more_than(self, before: "Held") -> list[str]:
        """What is held now and was not before."""
        tasks = [f"task {task.get_name()}" for task in self.tasks - before.tasks if not task.done()]
        return tasks + [f"file {name}" for name in (self.files - before.files).elements()]


def connection_problems() -> list[str]:
    """Connections to services that are in use though nobody asks anything."""
    connector = session().connector
    assert connector is not None
    return [f"connection {connection}" for connection in connector._acquired]


async def settled(before: Held, seconds: float = 2.0) -> list[str]:
    """What is left over once the loop had its chance to close what is being closed; at once when nothing is."""
    deadline = asyncio.get_running_loop().time() + seconds
    current = asyncio.current_task()
    while True:
        now = Held.now()
        left = Held(now.tasks - {current}, now.files).more_than(before)
        if not left or asyncio.get_running_loop().time() > deadline:
            return left
        await asyncio.sleep(0.005)


def _question(answer: Answer) -> str:
    messages = answer.body.get("messages", []) if isinstance(answer.body, dict) else []
    return str(messages[-1]["content"]) if messages else ""


def _was_sent(message: Message, generation: Generation, sent: list[Sent]) -> bool:
    question = Message.objects.get(id=message.parent_id).content
    texts = [(content, reasoning) for asked, content, reasoning in sent if asks(asked, question)]
    if generation.status == Status.COMPLETED and generation.finish_reason != "length":
        return (message.content, message.reasoning) in texts
    if not message.content and not message.reasoning:
        return True
    return any(
        content.startswith(message.content) and reasoning.startswith(message.reasoning) for content, reasoning in texts
    )


def _open_files() -> Iterator[str]:
    """What this process has open, without the databases: their threads keep those."""
    database = str(settings.DATABASES["default"]["NAME"])
    for entry in OPEN_FILES.iterdir():
        try:
            name = str(entry.readlink())
        except FileNotFoundError:  # it was the listing itself
            continue
        if not name.startswith((database, "/proc/")):
            yield name
