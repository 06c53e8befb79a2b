"""What is watched moves as the archive and the server do, and nothing of it waits for a clock."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import pytest
from http_fakes import FakeLibrary

from bot.commands.live import Look, as_json, changes_of, lines_of, looks
from bot.http.figures import ServerFigures, figures_of
from bot.http.metrics import Metrics
from index.storage.records import ArchiveStatus

ARCHIVE = FakeLibrary().status()


def seen(at: float, archive: ArchiveStatus = ARCHIVE, server: ServerFigures | None = None) -> Look:
    return Look(at, archive, (), server)


def counted(asks: int, *, seconds: float = 0.04, turned_away: int = 0) -> ServerFigures:
    metrics = Metrics()
    for _ in range(asks):
        metrics.request("POST", "/ask", status=200, seconds=seconds)
        metrics.answered("answered", "")
    for _ in range(turned_away):
        metrics.request("GET", "/articles", status=429, seconds=0.001)
    metrics.watch("gate_waiting", "Those who wait.", lambda: 3)
    return figures_of(metrics.text().decode())


def test_a_servers_figures_are_those_that_it_counted() -> None:
    figures = counted(20, turned_away=2)
    assert (figures.requests, figures.answered, figures.turned_away, figures.waiting) == (22, 20, 2, 3)
    assert figures.within(0.95) == 0.05


def test_what_moved_is_told_a_minute() -> None:
    more = replace(ARCHIVE, articles=ARCHIVE.articles + 10)
    lines = {name: (value, moved) for name, value, moved in lines_of(seen(0), seen(30, more))}
    assert lines["articles"] == (f"{ARCHIVE.articles + 10}", "+20.0 a minute")
    assert lines["questions"][1] == ""


def test_of_a_server_what_moved_since_the_last_look_is_told_beside_all_of_it() -> None:
    slow = counted(30, seconds=0.04).slow
    later = replace(counted(40, seconds=0.4), slow=tuple((limit, n + m) for (limit, n), (_, m) in zip(
        slow, counted(10, seconds=0.4).slow, strict=True)))  # fmt: skip
    before = seen(0, server=counted(30))
    lines = {name: (value, moved) for name, value, moved in lines_of(before, seen(60, server=later))}
    assert lines["requests"] == ("40", "+10.0 a minute")
    assert lines["half within"] == ("0.05 s", "0.5 s")


def test_a_server_that_began_anew_is_counted_from_its_beginning() -> None:
    assert counted(3).since(counted(50)).requests == 3


def test_each_look_is_told_with_the_one_before_it_as_soon_as_it_is_there() -> None:
    waited: list[float] = []
    pairs = changes_of(looks(_counting(), every=2.0, wait=waited.append))
    (first, same), (before, now) = islice(pairs, 2)
    assert first is same is before
    assert (now.at, waited) == (2.0, [0.0, 2.0])
    assert as_json(before, now)["seconds"] == 1.0


def _counting() -> Callable[[], Look]:
    moments = iter((1.0, 2.0))
    return lambda: seen(next(moments))


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_without_an_answer_there_is_no_time_of_one(share: float) -> None:
    assert ServerFigures().within(share) is None
