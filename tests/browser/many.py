"""A conversation of more messages than a page, and a person with more conversations than a page."""

MESSAGES = 130
CONVERSATIONS = 120

MAKE = f"""
from chat.models import User
from tests.making import conversation
alice = User.objects.get(username="alice")
bob = User.objects.get(username="bob")
texts = [f"Text {{number:03}} " + "with words " * 30 for number in range({MESSAGES})]
print(conversation(alice, *texts, title="A long one").id)
for number in range({CONVERSATIONS}):
    conversation(bob, "Q", "A", title=f"Conversation {{number}}")
"""
