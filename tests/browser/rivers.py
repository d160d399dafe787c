"""A conversation with everything in it that an answer can hold."""

ANSWER = r"""
## Rivers

Water *finds* its way, see [the delta](https://example.org/delta) and `flow()`.

| River | Length |
| --- | ---: |
| Volga | 3531 |

```python
def flow(height):
    return height - 1  # downwards
```

$$\int_0^1 x^2\,dx = \tfrac13$$

- [x] springs
- [ ] streams[^1]

[^1]: Those that run all year.
"""
SEED = """
from chat.models import Message, User
from tests.making import conversation, generation, message
anna = User.objects.get(username="alice")
row = conversation(anna, "How does a river find the sea?", {answer!r}, title="Rivers")
generation(row.head, "completed", finish_reason="stop", model_id="scripted-1", output_tokens=90, duration_ms=900)
question = message(row, row.head, "user", "And the second?")
columns = [message(row, question, "assistant", text, model_id=f"scripted-{{number}}", turn_id=question.turn_id)
           for number, text in enumerate(("One answer", "Another answer"), start=1)]
for column in columns:
    generation(column, "completed", finish_reason="stop")
question = message(row, columns[0], "user", "ואז?\\n\\nAnd then?")
failed = message(row, question, "assistant", "It began", model_id="scripted-1",
                 reasoning="חושבים\\n\\nThinking")
generation(failed, "failed", error_code="provider.rate_limited", error_message="The service is busy.")
row.head = failed
row.save()
print(row.id)
"""


def seed() -> str:
    """The code that writes it for alice; it prints its id."""
    return SEED.format(answer=ANSWER)
