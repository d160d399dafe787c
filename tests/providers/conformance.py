"""What every provider must do, whatever its dialect. Subclass, name the provider, and pytest runs all of it."""

import asyncio
import copy
import json
import tracemalloc
from contextlib import aclosing
from typing import Any, ClassVar

import pytest

from chat.providers import registry
from chat.providers.budgets import Budgets
from tests.providers.asking import Outcome, ask, scripted
from tests.providers.letting_go import LetsGoConformance
from tests.upstream import Upstream

AWKWARD_TEXT = "Ёжик 🦔 в тумане\u2028— “día”\u00a0ﬁn\u0085 👩‍👩‍👧 e\u0301 end\n"


class ProviderConformance(LetsGoConformance):
    """The suite. `end_mark`: the dialect has one. `own_wire`: the class reads bytes itself, with our decoders."""

    provider: ClassVar[type[Any]]
    end_mark = True
    own_wire = True

    def options(self, upstream: Upstream) -> dict[str, Any]:
        """What the provider needs to find the scripted service."""
        return {"base_url": upstream.base_url}

    async def ask(self, upstream: Upstream, budgets: Budgets | None = None, **script: Any) -> Outcome:
        return await ask(self.provider, scripted(**script), budgets=budgets, **self.options(upstream))

    def start(self, upstream: Upstream, **script: Any) -> Any:
        return registry.stream(self.provider, "scripted-1", scripted(**script), **self.options(upstream))

    async def test_the_text_is_what_the_service_sent(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream)
        assert (outcome.text, outcome.error) == (upstream.last.text, None)
        assert await upstream.last.wait_ended() == "completed"

    async def test_every_byte_may_arrive_alone(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, text=AWKWARD_TEXT, split="bytes")
        assert (outcome.text, outcome.error) == (AWKWARD_TEXT, None)
        assert upstream.last.text == AWKWARD_TEXT

    @pytest.mark.parametrize("newline", ["\r\n", "\r"])
    async def test_lines_may_end_in_any_way(self, upstream: Upstream, newline: str) -> None:
        self.needs_own_wire()
        outcome = await self.ask(upstream, text=AWKWARD_TEXT, split="bytes", newline=newline)
        assert (outcome.text, outcome.error) == (AWKWARD_TEXT, None)

    async def test_a_line_of_600_kb_arrives_whole(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        outcome = await self.ask(upstream, long_line=600_000, text=" end")
        assert outcome.error is None
        assert outcome.text == upstream.last.text
        assert len(outcome.text) > 600_000

    async def test_a_line_without_end_is_refused_in_bounded_memory(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        tracemalloc.start()
        try:
            outcome = await self.ask(upstream, gzip_bomb=50)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert outcome.code == "provider.too_large"
        assert peak < 24 * 2**20

    async def test_the_byte_budget_counts_what_was_unpacked(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        outcome = await self.ask(upstream, Budgets(bytes=50_000), gzip=True, chunks=5_000)
        assert outcome.code == "provider.too_large"
        assert upstream.last.text.startswith(outcome.text)

    async def test_a_packed_answer_is_unpacked(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, gzip=True, text=AWKWARD_TEXT)
        assert (outcome.text, outcome.error) == (AWKWARD_TEXT, None)

    async def test_nul_and_lone_surrogates_become_replacement_characters(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, pieces=["a\x00b", "c\ud800d"])
        assert (outcome.text, outcome.error) == ("a\ufffdbc\ufffdd", None)

    async def test_noise_around_the_deltas_is_ignored(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, noise=True, chunks=10)
        assert (outcome.text, outcome.error) == (upstream.last.text, None)

    async def test_silence_before_the_head_ends_at_the_first_delta_budget(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, Budgets(first_delta=0.1), stall_headers=True)
        assert outcome.code == "provider.timeout_first_delta"
        assert await upstream.last.wait_ended() == "client_closed"

    async def test_silence_before_the_first_delta_ends_at_its_budget(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, Budgets(first_delta=0.1), stall_after=0)
        assert outcome.code == "provider.timeout_first_delta"
        assert await upstream.last.wait_ended() == "client_closed"

    async def test_comments_are_no_delta(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, Budgets(first_delta=0.1), drip="comments", delay_ms=5)
        assert outcome.code == "provider.timeout_first_delta"

    async def test_silence_in_the_middle_ends_at_the_idle_budget(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, Budgets(idle=0.1), stall_after=3)
        assert outcome.code == "provider.timeout_idle"
        assert outcome.text == upstream.last.text != ""
        assert await upstream.last.wait_ended() == "client_closed"

    async def test_a_reader_who_takes_his_time_does_not_make_the_service_idle(self, upstream: Upstream) -> None:
        stream = registry.stream(
            self.provider, "scripted-1", scripted(chunks=3), budgets=Budgets(idle=0.05), **self.options(upstream)
        )
        text = ""
        async with aclosing(stream):
            async for chunk in stream:
                text += str(chunk)
                await asyncio.sleep(0.06)
        assert text == upstream.last.text

    async def test_dripping_for_ever_ends_at_the_total_budget(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, Budgets(total=0.2), drip="deltas", delay_ms=5)
        assert outcome.code == "provider.timeout_total"
        assert upstream.last.text.startswith(outcome.text) and outcome.text
        assert await upstream.last.wait_ended() == "client_closed"

    async def test_the_timeout_of_the_contract_is_the_total_budget(self, upstream: Upstream) -> None:
        options = self.options(upstream) | {"timeout": 0.2}
        outcome = await ask(self.provider, scripted(drip="deltas", delay_ms=5), **options)
        assert outcome.code == "provider.timeout_total"

    async def test_a_reset_keeps_the_part_and_is_no_success(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, reset_after=5, delay_ms=2)
        assert outcome.code == "provider.incomplete"
        assert upstream.last.text.startswith(outcome.text) and outcome.text

    async def test_an_end_without_the_end_mark_is_incomplete(self, upstream: Upstream) -> None:
        if not self.end_mark:
            pytest.skip("the dialect has no end mark")
        outcome = await self.ask(upstream, no_end_mark=True, no_finish=True)
        assert outcome.code == "provider.incomplete"
        assert outcome.text == upstream.last.text

    async def test_an_end_in_the_middle_of_a_line_is_incomplete(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        outcome = await self.ask(upstream, chunks=5, cut_line=True)
        assert outcome.code == "provider.incomplete"
        assert outcome.text == upstream.last.text

    async def test_one_odd_line_among_good_ones_is_skipped(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        outcome = await self.ask(upstream, chunks=5, odd_after=2)
        assert (outcome.text, outcome.error) == (upstream.last.text, None)

    async def test_odd_lines_alone_are_no_answer(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        outcome = await self.ask(upstream, bad_json=True, no_finish=True, no_end_mark=True, usage=False)
        assert (outcome.code, outcome.text) == ("provider.bad_response", "")
        assert outcome.error and "bro" in outcome.error.excerpt

    async def test_an_error_in_the_stream_is_an_error_and_never_text(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        event = {"message": "the cat sat on the GPU", "type": "server_error"}
        outcome = await self.ask(upstream, error_after=2, error_event=event)
        assert outcome.code == "provider.unavailable"
        assert outcome.error and "the cat sat on the GPU" in outcome.error.message
        assert upstream.last.text.startswith(outcome.text) and "cat" not in outcome.text

    async def test_an_answer_without_a_word_is_an_error(self, upstream: Upstream) -> None:
        outcome = await self.ask(upstream, pieces=[])
        assert outcome.code == "provider.empty_answer"

    async def test_a_web_page_is_no_answer(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        outcome = await self.ask(upstream, html=True)
        assert (outcome.code, outcome.text) == ("provider.bad_response", "")
        assert outcome.error and outcome.error.status == 200 and "Please sign in" in outcome.error.excerpt

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            (301, "provider.redirected"),
            (400, "provider.refused"),
            (401, "provider.unauthorized"),
            (402, "provider.quota_exceeded"),
            (403, "provider.unauthorized"),
            (404, "provider.not_found"),
            (413, "provider.context_too_long"),
            (429, "provider.rate_limited"),
            (500, "provider.unavailable"),
            (502, "provider.unavailable"),
            (503, "provider.unavailable"),
        ],
    )
    async def test_a_status_becomes_its_typed_error(self, upstream: Upstream, status: int, code: str) -> None:
        if status == 301:
            self.needs_own_wire()
        options = self.options(upstream) | {"tries": 1}
        outcome = await ask(self.provider, scripted(status=status), **options)
        assert (outcome.code, outcome.text) == (code, "")
        assert outcome.error and outcome.error.status == status
        assert len(upstream.answers) == 1

    async def test_a_service_that_hangs_up_is_a_failed_connection(self, upstream: Upstream) -> None:
        options = self.options(upstream) | {"tries": 1}
        outcome = await ask(self.provider, scripted(hang_up=True), **options)
        assert outcome.code in ("provider.connection_failed", "provider.incomplete")

    async def test_a_busy_service_is_asked_again_before_the_first_delta(self, upstream: Upstream) -> None:
        self.needs_own_wire()
        outcome = await self.ask(upstream, status=503, fail_times=2, headers={"Retry-After": "0"})
        assert (outcome.text, outcome.error) == (upstream.last.text, None)
        assert len(upstream.answers) == 3

    async def test_nothing_is_asked_again_after_the_first_delta(self, upstream: Upstream) -> None:
        await self.ask(upstream, reset_after=1)
        assert len(upstream.answers) == 1

    async def test_an_answer_never_read_is_never_asked_for(self, upstream: Upstream) -> None:
        stream = await self.start(upstream)
        await stream.aclose()
        assert not upstream.answers

    async def test_it_serves_callers_with_and_without_await(self, upstream: Upstream) -> None:
        plain = [chunk async for chunk in self.start(upstream)]
        awaited = [chunk async for chunk in await self.start(upstream)]
        assert plain == awaited
        assert "".join(map(str, plain)) == upstream.last.text

    async def test_twenty_at_once_do_not_mix(self, upstream: Upstream) -> None:
        texts = [f"answer {number} {AWKWARD_TEXT}" * 3 for number in range(20)]
        outcomes = await asyncio.gather(*(self.ask(upstream, text=text, delay_ms=0.1) for text in texts))
        assert [outcome.text for outcome in outcomes] == texts

    async def test_nothing_of_the_callers_is_changed(self, upstream: Upstream) -> None:
        messages = [{"role": "system", "content": "Be brief."}, *scripted(chunks=2)]
        options = self.options(upstream) | {"stop": ["\n\n"], "temperature": 0.5}
        before = copy.deepcopy((messages, options))
        outcome = await ask(self.provider, messages, **options)
        assert outcome.error is None
        assert (messages, options) == before

    async def test_unknown_options_are_ignored(self, upstream: Upstream) -> None:
        options = self.options(upstream) | {"no_such_option": object()}
        outcome = await ask(self.provider, scripted(), **options)
        assert (outcome.text, outcome.error) == (upstream.last.text, None)

    async def test_no_error_shows_the_key(self, upstream: Upstream) -> None:
        key = "canary-5f4dcc3b5aa765d61d8327deb882cf99"
        body = json.dumps({"error": {"message": f"wrong key {key}", "headers": f"Authorization: Bearer {key}"}})
        options = self.options(upstream) | {"api_key": key}
        outcome = await ask(self.provider, scripted(status=401, body=body), **options)
        assert outcome.code == "provider.unauthorized"
        assert key not in f"{outcome.error} {outcome.error!r} {outcome.error.excerpt} {outcome.error.message}"  # type: ignore[union-attr]

    def needs_own_wire(self) -> None:
        if not self.own_wire:
            pytest.skip("a foreign class reads its wire itself")
