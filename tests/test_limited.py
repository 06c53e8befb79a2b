import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.articles.limited import ChildLimits, LimitedChild
from index.errors import BadInput


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[LimitedChild]:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    with LimitedChild(
        "limited_child", limits=ChildLimits(cpu_s=0.3, wall_s=5.0, memory_bytes=1 << 30)
    ) as one:
        yield one


def test_one_child_answers_all_requests(child: LimitedChild) -> None:
    assert child.ask(b"echo abc") == b"abc"
    assert child.ask(b"echo " + b"x" * 5_000_000) == b"x" * 5_000_000
    assert child.ask(b"pid ") == child.ask(b"pid ")


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (b"spin", "took more than 0.3 s of processor time, the limit"),
        (b"die", "ended its parser \\(exit code 3\\)"),
        (b"raise no such page", "cannot be read: ValueError: no such page"),
        (b"hoard", "needs more than 1,024 MiB of memory"),
    ],
)
def test_what_costs_too_much_or_fails_is_a_reason_and_the_next_is_answered(
    child: LimitedChild, request_: bytes, reason: str
) -> None:
    with pytest.raises(BadInput, match=reason):
        child.ask(request_)
    assert child.ask(b"echo abc") == b"abc"


def test_a_child_that_has_no_memory_left_is_ended_and_what_it_holds_with_it(child: LimitedChild) -> None:
    first = child.ask(b"pid ")
    with pytest.raises(BadInput, match="of memory"):
        child.ask(b"hoard")
    assert child.ask(b"pid ") != first


def test_a_child_writes_no_file(child: LimitedChild, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="File too large"):
        child.ask(b"write " + str(tmp_path / "file").encode())
    assert (tmp_path / "file").read_bytes() == b""


def test_a_child_that_waits_is_ended_after_the_wall_time() -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        with LimitedChild("limited_child", limits=ChildLimits(wall_s=1.5)) as child:
            begun = time.monotonic()
            with pytest.raises(BadInput, match=r"took longer than 1.5 s, the limit"):
                child.ask(b"sleep")
            assert time.monotonic() - begun < 10
    finally:
        sys.path.pop(0)


def test_many_requests_are_not_added_up(child: LimitedChild) -> None:
    for _ in range(200):
        child.ask(b"echo " + b"x" * 100_000)
