"""What the pictures of the page show: conversations as people have them."""

CONVERSATIONS = [
    "Why is the sky blue?", "A birthday poem for Grandmother", "Отпуск на Байкале в июле",
    "Sourdough that does not rise", "Bayes’ theorem, with a picture", "Regex for ISO dates", "מה מזג האוויר",
    "Refactoring the parser",
    "Notes from Tuesday’s meeting", "A week in Lisbon with two children",
]  # fmt: skip
QUESTION = "How does quicksort work, and when is it slow? With code, please."
WRITTEN = """Quicksort picks a **pivot**, puts smaller values before it and larger ones after it, and does the same with
both sides. Each pass costs $n$ comparisons, so what matters is how evenly the pivot divides.

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

With even halves there are $\\log_2 n$ levels. With a list that is *already sorted*, the first value is always the
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
SEED = """
from datetime import timedelta
from django.utils import timezone
from chat.models import Connection, Conversation, User
from tests.making import conversation, generation
Connection.objects.update(enabled=False)
models = ["scripted-1", "scripted-2"]
row = Connection.objects.create(name="Workshop", kind="openai_compatible", base_url="{url}/v1", model_ids=models)
alice = User.objects.get(username="alice")
for number, title in enumerate({conversations!r}):
    made = conversation(alice, title, "An answer.", title=title, connection=row)
    moment = timezone.now() - timedelta(hours=9 * number + 1)
    Conversation.objects.filter(id=made.id).update(updated_at=moment, pinned_at=moment if number == 3 else None)
made = conversation(alice, {question!r}, {written!r}, title="How quicksort works", connection=row)
generation(
    made.head, connection=row, connection_name=row.name, model_id="scripted-1", finish_reason="stop", input_tokens=21,
    output_tokens=412, first_delta_ms=310, duration_ms=6_480, position=len(made.head.content),
)
print(made.id)
"""


def seed(url: str) -> str:
    """The code that fills a site with these conversations; it prints the id of the one to show."""
    return SEED.format(url=url, conversations=CONVERSATIONS, question=QUESTION, written=WRITTEN)
