"""A database of an earlier version keeps all that is in it."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

EARLIER = "0003_proxy_at_rest"
KEPT = ("user", "connection", "conversation", "message", "generation", "generationdelta")


@pytest.fixture
def earlier(transactional_db):
    """The models of that version, on a database of it; brought up to date again in any case."""
    yield migrated(EARLIER)
    migrated(newest())


def newest():
    return next(name for app, name in MigrationExecutor(connection).loader.graph.leaf_nodes() if app == "chat")


def migrated(name):
    MigrationExecutor(connection).migrate([("chat", name)])
    return MigrationExecutor(connection).loader.project_state([("chat", name)]).apps


def fill(apps):
    """Two people's conversations: finished, being written, pinned, in the trash."""
    now = timezone.now()
    rows = {name: apps.get_model("chat", name).objects for name in KEPT}
    model = rows["connection"].create(name="Scripted", model_ids=["m"], base_url="http://127.0.0.1:9/v1")
    for name in ("anna", "boris"):
        owner = rows["user"].create(username=name)
        for number, moment in enumerate((None, now)):
            conversation = rows["conversation"].create(
                owner=owner, title=f"Ёж {number}", connection=model, model_id="m", parameters={"seed": 1},
                pinned_at=moment, deleted_at=moment, created_at=now, updated_at=now,
            )  # fmt: skip
            of_both = {"conversation": conversation, "owner": owner, "created_at": now}
            asked = rows["message"].create(role="user", content="Why?", client_id=conversation.id, **of_both)
            answer = rows["message"].create(role="assistant", content="So\n🦔", parent=asked, **of_both)
            generation = rows["generation"].create(
                message=answer, status="running" if moment else "completed", connection=model, created_at=now
            )
            rows["generationdelta"].create(generation=generation, position=0, kind="content", text=" it is")
            conversation.head = answer
            conversation.save()


def contents(apps, columns):
    return {name: sorted(map(str, apps.get_model("chat", name).objects.values_list(*columns[name]))) for name in KEPT}


def test_everything_is_there_after_an_upgrade(earlier):
    fill(earlier)
    columns = {name: [field.attname for field in earlier.get_model("chat", name)._meta.fields] for name in KEPT}
    before = contents(earlier, columns)
    assert all(before.values())
    after = migrated(newest())
    assert contents(after, columns) == before
    assert not after.get_model("chat", "Message").objects.exclude(deleted_at=None, revised_at=None).exists()
    connection.check_constraints()
