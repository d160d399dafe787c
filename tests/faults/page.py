"""What a page keeps of the wire, without I/O: texts, positions, acknowledgements. Frames in, commands out.

It does what static/js/live and static/js/state do, and notes in `problems` everything that the server may not do.
"""

from collections import Counter
from typing import Any

ACK_FRAMES = 16
ACK_BYTES = 65_536
KINDS = ("content", "reasoning")

Frame = dict[str, Any]
Texts = dict[str, str]


class Page:
    """The state of one tab. `shown` are the texts of messages by kind, `ended` the ends of generations.

    `visible` are the messages that it was told of since, or by, its last snapshot: these it has to follow.
    """

    def __init__(self) -> None:
        self.epoch: str | None = None
        self.user: Frame = {}
        self.conversation_id: str | None = None
        self.asked: str | None = None
        self.messages: dict[str, Frame] = {}
        self.shown: dict[str, Texts] = {}
        self.visible: set[str] = set()
        self.running: dict[str, str] = {}
        self.positions: dict[str, int] = {}
        self.ended: dict[str, Frame] = {}
        self.problems: list[str] = []
        self._begins: dict[str, Texts] = {}
        self._pending: dict[str, tuple[int, int, int]] = {}
        self._asking: set[str] = set()

    def begin(self, client_id: str) -> None:
        """A turn is asked for: a new conversation that answers it is the one to show."""
        self._asking.add(client_id)

    def open(self, conversation_id: str) -> Frame:
        """The command that shows a conversation, from the positions that this page has."""
        self.conversation_id = self.asked = conversation_id
        positions = dict(self.positions)
        return {
            "type": "conversation.open", "conversation_id": conversation_id, "positions": positions, "epoch": self.epoch
        }  # fmt: skip

    def receive(self, frame: Frame, size: int = 0) -> list[Frame]:
        """Take a frame over; returns the commands that it makes the page send."""
        match frame["type"]:
            case "session.ready":
                return self._ready(frame)
            case "conversation.snapshot":
                self._snapshot(frame)
            case "message.created":
                self._created(frame)
            case "generation.started":
                self._started(frame)
            case "generation.delta":
                return self._delta(frame, size)
            case "generation.ended":
                return self._ended(frame)
        return []

    def due(self) -> list[Frame]:
        """Acknowledgements of everything that has not been acknowledged; to be asked for every second."""
        return [ack for generation_id in tuple(self._pending) for ack in self._flush(generation_id)]

    def text(self, message_id: str, kind: str = "content") -> str:
        """What the page shows of a message."""
        return self.shown[message_id][kind]

    def transcript(self, generation_id: str, kind: str = "content") -> str:
        """What the page shows of the latest generation of a message."""
        message_id = self._message_of(generation_id)
        return self.shown[message_id][kind].removeprefix(self._begins[generation_id][kind])

    def status(self, generation_id: str) -> str | None:
        """How a generation stands, by an event or by a snapshot; None where nothing was heard of it."""
        if generation_id in self.ended:
            return str(self.ended[generation_id]["status"])
        for message in self.messages.values():
            if message["generation"] and message["generation"]["id"] == generation_id:
                return str(message["generation"]["status"])
        return "running" if generation_id in self.running else None

    def _ready(self, frame: Frame) -> list[Frame]:
        if self.epoch not in (None, frame["epoch"]):
            self.positions.clear()
        self.epoch, self.user = frame["epoch"], frame["user"]
        self._pending.clear()
        return [self.open(self.conversation_id)] if self.conversation_id else []

    def _snapshot(self, frame: Frame) -> None:
        if frame["conversation"]["id"] != self.asked:
            return
        self.asked = None
        self.visible = {message["id"] for message in frame["messages"]}
        running = {generation["message_id"]: generation for generation in frame["generations"]}
        self.running = {generation["generation_id"]: generation["message_id"] for generation in running.values()}
        for message in frame["messages"]:
            self._adopt(message, running.get(message["id"]))

    def _adopt(self, message: Frame, running: Frame | None) -> None:
        stored = {kind: message[kind] for kind in KINDS}
        known = self.shown.get(message["id"])
        self.messages[message["id"]] = message
        if running is None:
            self._check_kept(message, known, stored)
            self.shown[message["id"]] = stored
            return
        generation_id, start = running["generation_id"], running["from"]
        if start and start != self.positions.get(generation_id):
            self.problems.append(f"{generation_id}: asked from {self.positions.get(generation_id)}, given from {start}")
        if not start:
            self.shown[message["id"]] = dict(stored)
            self._begins[generation_id] = stored
            if known and not self.shown_with(message["id"], running["parts"], known):
                self.problems.append(f"{generation_id}: the new beginning is not what was shown")
        self._append(generation_id, message["id"], start, running["position"], running["parts"])

    def shown_with(self, message_id: str, parts: list[Frame], before: Texts) -> bool:
        """Whether a message with these parts still shows what it showed before, or less of it."""
        now = {kind: self.shown[message_id][kind] + _joined(parts, kind) for kind in KINDS}
        return all(_agree(now[kind], before[kind]) for kind in KINDS)

    def _check_kept(self, message: Frame, known: Texts | None, stored: Texts) -> None:
        """What was shown stays; a process that died may have lost its last moments."""
        generation = message["generation"]
        if known is None or generation is None:
            return
        lost = generation["status"] == "interrupted"
        for kind in KINDS:
            if not stored[kind].startswith(known[kind]) and not (lost and known[kind].startswith(stored[kind])):
                self.problems.append(f"message {message['id']}: what was shown as {kind} is not what is stored")

    def _created(self, frame: Frame) -> None:
        message = frame["message"]
        if self.conversation_id is None and frame.get("client_id") in self._asking:
            self.conversation_id = message["conversation_id"]
        if message["conversation_id"] == self.conversation_id:
            self.messages[message["id"]] = message
            self.visible.add(message["id"])
            self.shown.setdefault(message["id"], {kind: message[kind] for kind in KINDS})

    def _started(self, frame: Frame) -> None:
        generation_id, message_id = frame["generation_id"], frame["message_id"]
        if message_id in self.shown and generation_id not in self.ended:
            self.running[generation_id] = message_id
            self._begins.setdefault(generation_id, dict(self.shown[message_id]))

    def _delta(self, frame: Frame, size: int) -> list[Frame]:
        generation_id = frame["generation_id"]
        if generation_id in self.ended:
            self.problems.append(f"{generation_id}: text after its end")
        if self.asked or self.conversation_id is None:
            return []
        if self.positions.get(generation_id, 0) != frame["from"]:
            return [self.open(self.conversation_id)]
        message_id = self.running.get(generation_id)
        if message_id is None:
            self.problems.append(f"{generation_id}: text of what never began here")
            return []
        self._append(generation_id, message_id, frame["from"], frame["to"], frame["parts"])
        _, frames, received = self._pending.get(generation_id, (0, 0, 0))
        self._pending[generation_id] = (frame["to"], frames + 1, received + size)
        is_due = frames + 1 >= ACK_FRAMES or received + size >= ACK_BYTES
        return self._flush(generation_id) if is_due else []

    def _append(self, generation_id: str, message_id: str, start: int, end: int, parts: list[Frame]) -> None:
        if end - start != sum(len(part["text"]) for part in parts):
            self.problems.append(f"{generation_id}: text and positions differ from {start} to {end}")
        for kind in KINDS:
            self.shown[message_id][kind] += _joined(parts, kind)
        self.positions[generation_id] = end

    def _ended(self, frame: Frame) -> list[Frame]:
        generation_id = frame["generation_id"]
        known = self.ended.get(generation_id)
        if known is not None and known["status"] != frame["status"]:
            self.problems.append(f"{generation_id}: ended as {known['status']}, then as {frame['status']}")
        reached = self.positions.pop(generation_id, None)
        if generation_id in self.running and not self.asked and (reached or 0) != frame["position"]:
            self.problems.append(f"{generation_id}: ends at {frame['position']}, the text at {reached}")
        self.running.pop(generation_id, None)
        self.ended[generation_id] = frame
        return self._flush(generation_id)

    def _flush(self, generation_id: str) -> list[Frame]:
        if generation_id not in self._pending:
            return []
        position, _, _ = self._pending.pop(generation_id)
        return [{"type": "ack", "generation_id": generation_id, "position": position}]

    def _message_of(self, generation_id: str) -> str:
        if generation_id in self.ended:
            return str(self.ended[generation_id]["message_id"])
        return self.running[generation_id]


def ends_told_twice(frames: list[Frame]) -> list[str]:
    """Generations whose end one socket was told more than once without having asked for it."""
    ends = Counter(
        frame["generation_id"] for frame in frames if frame["type"] == "generation.ended" and "request_id" not in frame
    )
    return [f"{generation_id}: {count} ends" for generation_id, count in ends.items() if count > 1]


def _joined(parts: list[Frame], kind: str) -> str:
    return "".join(part["text"] for part in parts if part["kind"] == kind)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
