"""The models that may be picked, and why some may not."""

from dataclasses import replace

import pytest
from asgiref.sync import async_to_sync

from chat.accounts.access import for_user
from chat.errors import ChatError
from chat.generation import catalogue, offers
from chat.models import Connection
from tests.generation import own_provider

OWN = f"{own_provider.__name__}.Echo"


def listed(user):
    return async_to_sync(catalogue.model_choices)(for_user(user))


def choices(user):
    return [(c.connection, c.model_id, c.available, c.is_default) for c in listed(user)]


def test_configured_models_are_offered_in_order_and_the_first_is_the_default(anna):
    Connection.objects.create(name="B", model_ids=["b"], position=2)
    Connection.objects.create(name="A", model_ids=["a1", "a2"], position=1)
    Connection.objects.create(name="Off", model_ids=["x"], enabled=False)
    assert choices(anna) == [("A", "a1", True, True), ("A", "a2", True, False), ("B", "b", True, False)]


def test_a_service_that_cannot_be_reached_is_shown_with_the_reason(anna):
    Connection.objects.create(name="Away", base_url="http://127.0.0.1:9/v1")
    (choice,) = listed(anna)
    assert not choice.available
    assert choice.note.startswith("The service could not be reached.")


def test_missing_weights_are_shown_with_the_reason_and_others_still_work(anna, tmp_path):
    offers.embedded.configure(replace(offers.EMBEDDED, weights=tmp_path / offers.SMOLLM2.filename))
    try:
        Connection.objects.create(name="Here", kind="embedded")
        Connection.objects.create(name="Own", kind=OWN, position=1)
        here, own = listed(anna)
    finally:
        offers.embedded.configure(offers.EMBEDDED)
    assert not here.available
    assert "make weights" in here.note
    assert here.note_code == "provider.embedded_unavailable"
    assert (own.note, own.note_code) == ("", "")
    assert own.is_default


def test_a_class_of_somebody_else_offers_its_models(anna):
    Connection.objects.create(name="Own", kind=OWN)
    assert choices(anna) == [("Own", "echo-1", True, True)]


def test_a_kind_that_does_not_exist_is_shown_with_the_reason(anna):
    Connection.objects.create(name="Broken", kind="no.such.Class")
    (choice,) = listed(anna)
    assert not choice.available
    assert "not in PROVIDER_CLASSES" in choice.note


def test_only_what_is_offered_can_be_asked(anna):
    row = Connection.objects.create(name="A", model_ids=["a1"])
    access = for_user(anna)
    assert catalogue.resolve(access, row.id, None) == (row, "a1")
    assert catalogue.resolve(access, None, "a1") == (row, "a1")
    with pytest.raises(ChatError, match="does not offer"):
        catalogue.resolve(access, row.id, "a2")
