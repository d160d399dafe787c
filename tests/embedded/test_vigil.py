"""When the child ends itself, told without waiting."""

import pytest

from chat.providers.llama.backoff import Backoff
from chat.providers.llama.errors import EmbeddedUnavailableError
from chat.providers.llama.vigil import DESERTED_SECONDS, Activity, Vigil

METRICS = """# HELP llamacpp:prompt_tokens_total Number of prompt tokens processed.
# TYPE llamacpp:prompt_tokens_total counter
llamacpp:prompt_tokens_total 272
llamacpp:tokens_predicted_total 2080
llamacpp:n_decode_total 12
llamacpp:requests_processing {processing}
llamacpp:requests_deferred {deferred}
"""


@pytest.mark.parametrize(("processing", "deferred", "busy"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_activity_is_read_from_the_metrics(processing, deferred, busy):
    text = METRICS.format(processing=processing, deferred=deferred)

    assert Activity.from_metrics(text) == Activity(busy, (12.0, 272.0, 2080.0))


def test_idle_counts_from_the_last_answer():
    vigil = Vigil(idle_seconds=10, hang_seconds=5, now=0)

    assert vigil.look(Activity(False, (0,)), False, 9) is None
    assert vigil.look(Activity(True, (1,)), False, 12) is None
    assert vigil.look(Activity(False, (2,)), False, 21) is None
    assert vigil.look(Activity(False, (2,)), False, 23) == "idle"


def test_stuck_is_work_without_progress():
    vigil = Vigil(idle_seconds=10, hang_seconds=5, now=0)

    assert vigil.look(Activity(True, (1,)), False, 100) is None
    assert vigil.look(Activity(True, (2,)), False, 104) is None
    assert vigil.look(Activity(True, (2,)), False, 108) is None
    assert vigil.look(Activity(True, (2,)), False, 110) == "stuck"


def test_deserted_waits_for_a_site_that_restarts_and_for_answers():
    vigil = Vigil(idle_seconds=600, hang_seconds=500, now=0)
    quiet = Activity(False, (1,))

    assert vigil.look(quiet, True, DESERTED_SECONDS - 1) is None
    assert vigil.look(quiet, False, DESERTED_SECONDS) is None
    assert vigil.look(Activity(True, (2,)), True, 3 * DESERTED_SECONDS) is None
    assert vigil.look(quiet, True, 3 * DESERTED_SECONDS + 1) == "deserted"


def test_backoff_lets_the_first_start_go_at_once_and_then_doubles():
    backoff = Backoff()
    backoff.failed(pid=1)
    backoff.check()

    remaining = []
    for pid in range(2, 10):
        backoff.failed(pid)
        remaining.append(round(backoff.remaining()))
    assert remaining == [1, 2, 4, 8, 16, 30, 30, 30]
    with pytest.raises(EmbeddedUnavailableError):
        backoff.check()

    backoff.succeeded()
    backoff.check()


def test_backoff_counts_one_death_once_however_many_answers_report_it():
    backoff = Backoff()
    for _ in range(4):
        backoff.failed(pid=1)

    assert backoff.remaining() == 0
