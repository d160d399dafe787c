"""What a model is shown: the newest whole turns that fit, the system prompt always."""

import pytest

from chat.generation import context
from chat.models import Connection
from tests import making


@pytest.fixture
def asked(anna):
    """A function from (texts, context size, conversation fields) to the prompt of the next answer."""

    def prompt(*texts, size=None, question="Why?", check=False, **fields):
        row = Connection.objects.create(name="C", model_ids=["m"], base_url="http://x/v1", context_size=size)
        conversation = making.conversation(anna, *texts, connection=row, model_id="m", **fields)
        last = making.message(conversation, conversation.head, "user", question)
        answer = making.message(conversation, last, "assistant", "")
        if check:
            context.check_fits(question, conversation, row, "m")
        return context.prompt_for(conversation, answer, row, "m")

    return prompt


def test_a_short_history_is_shown_whole(asked):
    prompt = asked("one", "two", question="three")
    assert [(m["role"], m["content"]) for m in prompt.messages] == [
        ("user", "one"), ("assistant", "two"), ("user", "three"),
    ]  # fmt: skip
    assert (prompt.omitted_messages, prompt.characters) == (0, 11)


def test_questions_whose_answers_are_gone_are_asked_in_one_message(asked):
    prompt = asked("one", "", "two", "", "three", "four", question="five")
    assert [(m["role"], m["content"]) for m in prompt.messages] == [
        ("user", "one\n\ntwo\n\nthree"), ("assistant", "four"), ("user", "five"),
    ]  # fmt: skip
    assert prompt.characters == len("one\n\ntwo\n\nthreefourfive")


def test_the_oldest_turns_are_left_out_and_counted(asked):
    texts = [f"{number} " + "x" * 398 for number in range(20)]
    prompt = asked(*texts, size=1000)
    roles = [message["role"] for message in prompt.messages]
    assert roles[0] == "user"
    assert prompt.messages[-1]["content"] == "Why?"
    assert prompt.omitted_messages == 21 - len(prompt.messages) > 0
    assert prompt.characters < 750 * 3


def test_the_system_prompt_is_always_kept_and_takes_its_room(asked):
    texts = ["x" * 400] * 20
    without = asked(*texts, size=1000)
    Connection.objects.all().delete()
    prompt = asked(*texts, size=1000, system_prompt="s" * 900)
    assert prompt.messages[0] == {"role": "system", "content": "s" * 900}
    assert len(prompt.messages) - 1 < len(without.messages)


def test_reported_usage_corrects_the_estimate(asked, anna):
    from chat.generation.tokens import ESTIMATE, characters_per_token

    row = Connection.objects.create(name="C2", model_ids=["m"])
    conversation = making.conversation(anna, "q", "a", connection=row)
    model = (conversation.id, row.id, "m")
    assert characters_per_token(*model) == ESTIMATE
    fields = {"connection": row, "model_id": "m", "input_tokens": 1000}
    making.generation(conversation.head, input_characters=1500, **fields)
    assert characters_per_token(*model) == 1.5
    making.generation(conversation.head, input_characters=90_000, **fields)
    assert characters_per_token(*model) == 5.0


def test_a_message_that_cannot_fit_is_refused_with_the_numbers(asked):
    from chat.errors import ChatError

    with pytest.raises(ChatError, match="has 5,000 characters; m has room for about 2,2"):
        asked("one", "two", question="x" * 5000, size=1000, check=True)


def test_a_long_branch_costs_no_more_queries(asked, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        asked(*["x"] * 4)
    texts = ["x"] * 300
    row = Connection.objects.first()
    assert row is not None
    row.delete()
    prompt = asked(*texts)
    assert len(prompt.messages) == 301
