"""What the pictures of the page show: conversations as people have them."""

CONVERSATIONS = [
    "Why is the sky blue?", "A birthday poem for Grandmother", "Отпуск на Байкале в июле",
    "Sourdough that does not rise", "Bayes’ theorem, with a picture", "Regex for ISO dates", "מה מזג האוויר",
    "Refactoring the parser",
    "Notes from Tuesday’s meeting", "A week in Lisbon with two children",
]  # fmt: skip
QUESTION = "How does quicksort work, and when is it slow? With code, please."
WRITTEN = """Quicksort picks a **pivot**, puts smaller values before it and larger ones after it, and does \
the same with both sides. Each pass costs $n$ comparisons, so what matters is how evenly the pivot divides.

```python
def quicksort(values: list[int]) -> list[int]:
    if len(values) < 2:
        return values
    pivot, *rest = values  # the first one: simple, and the weak spot
    smaller = [each for each in rest if each < pivot]
    larger = [each for each in rest if each >= pivot]
    return [*quicksort(smaller), pivot, *quicksort(larger)]
```

## When it is slow

With even halves there are $\\log_2 n$ levels. With a list that is *already sorted*, the first value is always the \
smallest, and there are $n$ of them:

$$\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2} \\in O(n^2)$$

| input | pivot | time |
|:------|:-----:|-----:|
| random | first | $O(n \\log n)$ |
| sorted | first | $O(n^2)$ |
| sorted | random | $O(n \\log n)$ |

1. Choose the pivot at random, or take the median of three.
2. Below about sixteen values, use insertion sort.
3. Python’s own `sorted` is Timsort[^1]: a sorted list is its *best* case.

> Measure before you write your own: the built-in is hard to beat.

[^1]: Named for Tim Peters, who wrote it in 2002.
"""
SHORTER = "It divides around a pivot, and is slow on a list that is sorted already. Shall I write it down?"
ASKED = "The nightly import takes six hours. What would you try?"
THINKING = {
    "reasoning": "They ask for ideas. Three are enough; each needs a reason and what it costs.",
    "text": "There are three things I would try, from the cheapest to the most thorough.\n\n"
    "1. **Measure first.** A profile of one slow minute tells more than a week of guessing, and costs an afternoon.\n"
    "2. **Write in batches.** One transaction for a thousand rows instead of one each is often a factor of twenty.\n"
    "3. **Do less.** " + "Most nights most rows have not changed; a checksum of each says which. " * 12,
    "chunks": 400,
    "delay_ms": 10,
}
DIAGRAM = """It goes round, and the sun drives all of it:

```mermaid
flowchart LR
  Sea -->|evaporates| Clouds
  Clouds -->|rain| Hills
  Hills -->|seeps| Spring
  Spring -->|runs| River
  River --> Sea
```

A drop takes about nine days through the air, and may take thousands of years through the ground.
"""
BROKEN = [
    ("failed", "Can I freeze half of a loaf?", "", {"error_code": "provider.rate_limited",
     "error_message": "The service gets too many requests. Wait a little and try again."}),
    ("stopped", "Which bread keeps longest?", "Rye, by a good margin: its crumb holds more water and", {"stop_ms": 38}),
    ("interrupted", "And how should I store it?", "Cut side down on a board, or wrapped in", {}),
]  # fmt: skip
ASIDE = "Explain inflation to a ten-year-old, in three sentences."
COLUMNS = [
    "Imagine every sweet in the shop costs **one coin**, and then everybody gets twice as many coins. The sweets are "
    "still the same few, so the shop asks *two* coins for each. That is inflation: the coins are more, and each one "
    "buys less.",
    "Inflation means that **prices rise** and your pocket money buys fewer things than last year.\n\n"
    "It comes when there is more money than things to buy, or when making things costs more.\n\n"
    "A little of it is normal; a lot of it makes saving hard.",
]
MIRRORED = (
    "מה ההבדל בין נהר לנחל?\n\nAnd what is “נחל” in English?",
    "נחל הוא מים זורמים **קטנים** יותר.\n\n- [x] נהר: *river*\n- [ ] נחל: *stream*, או *wadi* כשהוא יבש\n\n"
    "In English a dry one is called a *wadi*, from Arabic واد.",
    "שאלה על מילים.\n\nTwo languages, so answer in both.",
)
PROMPTS = {
    "explain": "Explain {{what}} to {{whom}}, with one example from daily life.",
    "proofread": "Correct spelling and grammar. Keep my words where they are right.",
    "translate": "Translate into {{language}}; keep names and numbers as they are.",
}
MODELS = [
    {"id": "heron-70b", "context_length": 131_072, "capabilities": ["vision", "tools"]},
    {"id": "heron-8b", "context_length": 131_072, "capabilities": ["tools"]},
    {"id": "kestrel-reasoning", "context_length": 65_536, "capabilities": ["reasoning", "tools"]},
    {"id": "kestrel-mini", "context_length": 32_768, "capabilities": []},
    {"id": "sandpiper-code", "context_length": 262_144, "capabilities": ["tools"]},
]
LIBRARY = """
from chat.models import Connection
service = dict(kind="openai_compatible", base_url="{url}/v1")
Connection.objects.create(name="Library", **service)
Connection.objects.create(name="Attic", model_ids=["wren-2b"], **service)
"""
SEED = """
from datetime import timedelta
from django.utils import timezone
from chat.models import Connection, Conversation, Prompt, User
from tests.making import conversation, generation, message
Connection.objects.update(enabled=False)
models = ["scripted-1", "scripted-2"]
row = Connection.objects.create(name="Workshop", kind="openai_compatible", base_url="{url}/v1", model_ids=models)
alice = User.objects.get(username="alice")
now = timezone.now()
for number, title in enumerate({conversations!r}):
    made = conversation(alice, title, "An answer.", title=title, connection=row)
    moment = now - timedelta(hours=9 * number + 1)
    Conversation.objects.filter(id=made.id).update(updated_at=moment, pinned_at=moment if number == 3 else None)
for name, content in {prompts!r}.items():
    Prompt.objects.create(owner=alice, name=name, content=content, created_at=now, updated_at=now)


def wrote(answer, model_id="scripted-1", status="completed", **fields):
    figures = dict(input_tokens=21, output_tokens=412, first_delta_ms=310, duration_ms=6_480)
    generation(answer, status, connection=row, connection_name=row.name, model_id=model_id,
               position=len(answer.content), **(figures if status == "completed" else {{}}) | fields)


ended = conversation(alice, title="Bread that keeps", connection=row)
head = None
for status, question, text, fields in {broken!r}:
    head = message(ended, message(ended, head, "user", question), "assistant", text, model_id="scripted-1")
    wrote(head, status=status, **fields)
ended.head = head
ended.save()
beside = conversation(alice, title="Inflation, simply", connection=row)
question = message(beside, None, "user", {aside!r})
for number, text in enumerate({columns!r}, start=1):
    head = message(beside, question, "assistant", text, model_id=f"scripted-{{number}}", turn_id=question.turn_id)
    wrote(head, f"scripted-{{number}}", finish_reason="stop", duration_ms=1_900 + 700 * number)
beside.head = head
beside.save()
mirrored = conversation(alice, {mirrored[0]!r}, {mirrored[1]!r}, title="נהר או נחל? (river or stream)", connection=row)
mirrored.head.reasoning, mirrored.head.model_id = {mirrored[2]!r}, "scripted-1"
mirrored.head.save()
wrote(mirrored.head, finish_reason="stop")
made = conversation(alice, {question!r}, {written!r}, title="How quicksort works", connection=row)
asked, made.head.model_id = made.head.parent, "scripted-1"
made.head.save()
wrote(made.head, finish_reason="stop")
first = message(made, asked, "assistant", {shorter!r}, model_id="scripted-2")
wrote(first, "scripted-2", finish_reason="stop")
print(made.id, beside.id, ended.id, mirrored.id)
"""


def seed(url: str) -> str:
    """The code that fills a site with these conversations; it prints the ids of the ones to show."""
    return SEED.format(
        url=url, conversations=CONVERSATIONS, question=QUESTION, written=WRITTEN, prompts=PROMPTS, broken=BROKEN,
        aside=ASIDE, columns=COLUMNS, mirrored=MIRRORED, shorter=SHORTER,
    )  # fmt: skip
