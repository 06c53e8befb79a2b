import asyncio
from collections.abc import Sequence

import pytest
from llm_fakes import ScriptedModel

from bot.writing.model import Counted, Finished, LlmError, ReplyPiece, Request
from bot.writing.patience import Again, Allowance, Patience, estimate
from bot.writing.troubles import retry_after

REQUEST = Request("rules", "question", 100)
LOST = LlmError("unreachable", again=True)


def patience(**changes: float) -> Patience:
    return Patience(
        first_token=changes.get("first_token", 1.0),
        total=changes.get("total", 5.0),
        retries=int(changes.get("retries", 2)),
        tokens=int(changes.get("tokens", 1000)),
    )


def written(model: ScriptedModel, waiting: Patience) -> tuple[list[str | Again], Allowance, LlmError | None]:
    async def collect() -> tuple[list[str | Again], Allowance, LlmError | None]:
        allowance, found = waiting.allowance(), list[str | Again]()
        try:
            async for piece in waiting.write(model, REQUEST, allowance=allowance):
                found.append(piece)
        except LlmError as exc:
            return found, allowance, exc
        return found, allowance, None

    return asyncio.run(collect())


def test_a_reply_comes_piece_by_piece_and_is_counted() -> None:
    model = ScriptedModel(["It ", "fell.", Finished(), Counted(30, 4)])
    found, spent, trouble = written(model, patience())
    assert (found, trouble) == (["It ", "fell."], None)
    assert (spent.calls, spent.read, spent.written, spent.tokens, spent.estimated) == (1, 30, 4, 966, False)


def test_what_a_server_does_not_count_is_estimated() -> None:
    _, spent, _ = written(ScriptedModel("It fell at noon."), patience())
    assert (spent.written, spent.estimated) == (4, True)
    assert spent.read == estimate(REQUEST) - 100


@pytest.mark.parametrize("first", [[LOST], ["It f", LOST], ["It f"], [Finished()], []])
def test_a_reply_that_breaks_off_starts_over(first: Sequence[ReplyPiece | LlmError | float]) -> None:
    model = ScriptedModel(first, "It fell.")
    found, spent, trouble = written(model, patience())
    assert (found[-2:], trouble) == ([Again(), "It fell."], None)
    assert (spent.calls, model.closed) == (2, 2)


def test_the_tries_are_bounded_and_the_last_trouble_is_told() -> None:
    model = ScriptedModel([LOST], [LOST], [LlmError("status", "500", again=True)], "never")
    _, spent, trouble = written(model, patience())
    assert (spent.calls, str(trouble)) == (3, "status 500")


def test_what_no_try_can_help_is_tried_once() -> None:
    model = ScriptedModel([LlmError("status", "401")], "never")
    _, spent, trouble = written(model, patience())
    assert (spent.calls, str(trouble)) == (1, "status 401")


def test_a_wait_that_the_time_does_not_allow_is_not_begun() -> None:
    model = ScriptedModel([LlmError("status", "429", again=True, after=60.0)], "never")
    _, spent, trouble = written(model, patience())
    assert (spent.calls, str(trouble)) == (1, "status 429")


def test_silence_ends_a_try_and_the_time_the_question() -> None:
    model = ScriptedModel([9.0], ["It f", 9.0], [9.0])
    _, spent, trouble = written(model, patience(first_token=0.05, retries=1))
    assert (spent.calls, str(trouble), model.closed) == (2, "fell_silent", 2)
    dripping = ScriptedModel(["a", 0.05] * 99)
    found, _, trouble = written(dripping, patience(first_token=0.2, total=0.3))
    assert str(trouble) == "too_slow 0.3"
    assert 2 < len(found) < 9 and dripping.closed == 1


def test_a_reply_out_of_hand_is_left() -> None:
    model = ScriptedModel(["x" * 1000, "y" * 1000, Finished()])
    found, _, trouble = written(model, patience())
    assert (len(found), str(trouble)) == (1, "too_long 2,000")


def test_a_question_has_its_tokens_and_no_more() -> None:
    model = ScriptedModel(["It fell.", Finished(), Counted(150, 50)], "never")
    waiting = patience(tokens=250)

    async def twice() -> None:
        allowance = waiting.allowance()
        assert [piece async for piece in waiting.write(model, REQUEST, allowance=allowance)] == ["It fell."]
        with pytest.raises(LlmError, match="spent"):
            assert [piece async for piece in waiting.write(model, REQUEST, allowance=allowance)]

    asyncio.run(twice())
    assert len(model.requests) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 90.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:01 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_each_form(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, now=10.0) == seconds
