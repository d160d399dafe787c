"""The environment: every variable is documented, a bad value is one plain line and status 2."""

import ast
import re

import pytest

from chatsite.limits import Limits
from tests.live_server import manage
from tests.process import ROOT

STRONG = "kR7-vQ2_xT9.zL4~mN8+pW3=sD6!fG1-hJ5"
ASSIGNMENT = re.compile(r"^([A-Z_]+)=(.*)$", re.MULTILINE)


def variables_read() -> list[str]:
    """The names that settings.py reads, in its order."""
    tree = ast.parse((ROOT / "chatsite" / "settings.py").read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return [
        call.args[0].value for call in calls if isinstance(call.func.value, ast.Name) and call.func.value.id == "env"
    ]


def examples() -> dict[str, str]:
    return dict(ASSIGNMENT.findall((ROOT / ".env.example").read_text()))


def check(var, **environment):
    return manage(var, "check", **environment)


def test_nothing_but_settings_reads_the_environment():
    for folder in ("chat", "chatsite"):
        for path in (ROOT / folder).rglob("*.py"):
            source = path.read_text()
            reads = re.search(r"os\.environ(\[|\.get)|os\.getenv", source)
            assert not reads or path.name in ("env.py", "settings.py"), path


def test_every_variable_is_in_the_example_and_the_readme_and_no_other():
    read = sorted(variables_read())
    assert len(read) == len(set(read))
    assert sorted(examples()) == read
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(rows) == read


def test_every_variable_has_its_line_of_explanation():
    lines = (ROOT / ".env.example").read_text().splitlines()
    for number, line in enumerate(lines):
        if ASSIGNMENT.match(line):
            assert lines[number - 1].startswith("# "), line


def test_the_readme_shows_the_defaults_of_the_example():
    readme = (ROOT / "README.md").read_text()
    for name, value in examples().items():
        shown = f"`{value}`" if value else ""
        assert f"| `{name}` | {shown} |".replace("|  |", "| |") in readme, name


SHOW = """
from django.conf import settings as s
names = [n for n in dir(s) if n.isupper() and n not in ("SECRET_KEY", "LOGGING")]
print(sorted((n, repr(getattr(s, n))) for n in names))
"""


def test_the_example_as_it_stands_changes_nothing(tmp_path):
    var = {"VAR_DIR": str(tmp_path / "var")}
    seed = {"PYTHONHASHSEED": "0"}  # sets are printed in the same order
    plain = manage(tmp_path / "var", "shell", "--no-imports", "-c", SHOW, **seed)
    copied = manage(tmp_path / "var", "shell", "--no-imports", "-c", SHOW, **(examples() | var | seed))
    assert plain.returncode == 0, plain.stderr
    assert copied.stdout == plain.stdout


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too weak"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY is too weak"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS=* is refused outside DEBUG"),
        ("ALLOWED_HOSTS", "chat.example.org, *", "ALLOWED_HOSTS=* is refused outside DEBUG"),
        ("ORIGINS", "chat.example.org", "ORIGINS: 'chat.example.org' is not an origin"),
        ("ORIGINS", "https://*.example.org", "is not an origin"),
        ("ORIGINS", "https://chat.example.org/", "is not an origin"),
        ("HTTPS", "true", "HTTPS=true needs the site's public address in ORIGINS"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", "TRUSTED_PROXIES: 10.0.0.1/8 has host bits set"),
        ("PORT", "eighty", "PORT=eighty is not what this variable takes"),
        ("HTTPS", "maybe", "HTTPS=maybe is not what this variable takes"),
        ("HEADER_TIMEOUT_SECONDS", "ten", "HEADER_TIMEOUT_SECONDS=ten is not what this variable takes"),
        ("FRAME_MAX_BYTES", "500000", "FRAME_MAX_BYTES=500000 cannot carry a message of MESSAGE_MAX_CHARACTERS=32000"),
        ("MESSAGE_MAX_CHARACTERS", "100000", "give at least 1462144"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL=LOUD is not one of"),
        ("SECRET_KEY_FILE", "/no/such/file", "SECRET_KEY_FILE: /no/such/file cannot be read"),
    ],
)
def test_a_bad_value_is_one_plain_line_and_status_2(tmp_path, variable, value, complaint):
    outcome = check(tmp_path / "var", **{variable: value})
    assert outcome.returncode == 2
    assert outcome.stderr.startswith("error: ")
    assert complaint in outcome.stderr
    assert outcome.stderr.count("\n") == 1
    assert outcome.stdout == ""


@pytest.mark.parametrize(
    ("origins", "status"),
    [("http://chat.example.org", 2), ("https://chat.example.org", 0), ("http://old.example, https://new.example", 0)],
)
def test_https_needs_an_origin_that_a_page_of_the_site_can_have(tmp_path, origins, status):
    """Without one every page is shown, and every socket refused with 403."""
    assert check(tmp_path / "var", HTTPS="true", ORIGINS=origins).returncode == status


def test_a_folder_that_cannot_be_made_is_one_plain_line_and_status_2(tmp_path):
    (tmp_path / "file").write_text("in the way")
    outcome = check(tmp_path / "file" / "var")
    assert outcome.returncode == 2
    assert outcome.stderr == f"error: {tmp_path}/file/var cannot be created: Not a directory\n"


def test_the_grace_is_one_number_everywhere():
    grace = float(examples()["SHUTDOWN_GRACE_SECONDS"])
    assert grace == Limits().shutdown_grace == 20
    unit = (ROOT / "deploy" / "scripta.service").read_text()
    patience = int(re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[1])
    closing = int(re.search(rf"SHUTDOWN_GRACE_SECONDS \({grace:g}\).* \(at most (\d+)\)", unit)[1])
    assert grace + closing < patience
    operations = (ROOT / "docs" / "operations.md").read_text()
    assert f"The grace is {grace:g} s by default" in operations
    for said in (f"`TimeoutStopSec={patience}`", f"`docker stop -t {patience}`", f"`stop_grace_period: {patience}s`"):
        assert said in operations
    waits_for_requests = float(re.search(r"--timeout-graceful-shutdown (\d+)", operations)[1])
    assert waits_for_requests + grace < patience


def test_debug_lifts_the_refusals(tmp_path):
    outcome = check(tmp_path / "var", DEBUG="true", SECRET_KEY="weak", ALLOWED_HOSTS="*")
    assert outcome.returncode == 0, outcome.stderr


def test_a_secret_may_come_from_a_file_and_its_last_newline_is_no_part_of_it(tmp_path):
    (tmp_path / "key").write_text(f"{STRONG}\n")
    show = "from django.conf import settings; print(settings.SECRET_KEY)"
    outcome = manage(
        tmp_path / "var",
        "shell",
        "--no-imports",
        "-c",
        show,
        SECRET_KEY_FILE=str(tmp_path / "key"),
        SECRET_KEY="ignored",
    )
    assert outcome.stdout.strip() == STRONG
    assert not (tmp_path / "var" / "secret_key").exists()


def test_a_value_that_begins_with_a_dollar_is_itself(tmp_path):
    show = "from django.conf import settings; print(settings.SECRET_KEY)"
    outcome = manage(tmp_path / "var", "shell", "--no-imports", "-c", show, SECRET_KEY=f"${STRONG}")
    assert outcome.stdout.strip() == f"${STRONG}"


def test_the_secret_key_is_made_once_and_is_private(tmp_path):
    show = "from django.conf import settings; print(settings.SECRET_KEY)"
    first = manage(tmp_path / "var", "shell", "--no-imports", "-c", show)
    second = manage(tmp_path / "var", "shell", "--no-imports", "-c", show)
    assert len(first.stdout.strip()) > 60
    assert first.stdout == second.stdout
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
