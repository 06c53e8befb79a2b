"""Questions to begin with are made of the archive, and each of them has an answer there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
from http_fakes import HARBOUR, HOSTILE, RIVAL, FakeAsker, FakeLibrary, serving, wait_until

from bot.answering.suggestions import candidates_of, suggested
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.examples import ExampleQuestions
from bot.http.settings import HttpSettings

TOLD = replace(
    HARBOUR,
    body="The port of Eastholm lost its cranes on Friday.\n\n“We lost four cranes,” said mayor Ada Lind.",
)
QUESTION = "What did Ada Lind say about Eastholm?"
SILENT = replace(TOLD, id="silent", body=TOLD.body.replace("Ada Lind", "Oda Brenk"))


def offered(library: FakeLibrary) -> list[str]:
    async def found() -> list[str]:
        asker = FakeAsker(library)
        return [one for part in candidates_of(library) async for one in suggested(asker, part)]

    return asyncio.run(found())


def test_a_question_is_offered_where_somebody_answers_it() -> None:
    assert offered(FakeLibrary(TOLD, RIVAL, HOSTILE)) == [QUESTION]


def test_what_its_speaker_does_not_answer_is_not_offered() -> None:
    assert next(candidates_of(FakeLibrary(SILENT)))[0].speaker == "Oda Brenk"
    assert offered(FakeLibrary(SILENT)) == []


def test_a_question_that_two_articles_lead_to_is_tried_once() -> None:
    (first, *_) = candidates_of(FakeLibrary(SILENT, replace(SILENT, id="again")))
    assert len(first) == 1


def test_they_are_looked_for_before_the_first_visitor_and_again_where_there_were_none() -> None:
    library = FakeLibrary(SILENT)
    examples = ExampleQuestions(FakeAsker(library), library, patience=9.0)

    async def visited() -> list[tuple[str, ...]]:
        await examples.start()
        seen = []
        for _ in range(2):
            await examples.look(9.0)
            seen.append(examples.found)
            library.stored[TOLD.id] = TOLD
        await examples.close()
        return seen

    assert asyncio.run(visited()) == [(), (QUESTION,)]


@contextmanager
def asked_at(asker: FakeAsker, home: Path) -> Iterator[Callable[[], dict[str, object]]]:
    settings = HttpSettings(rate_per_address=0)
    app = create_app(asker, asker.library, keys=KeyRing(home / "keys.json"), settings=settings)
    with serving(app) as address:
        yield lambda: httpx.get(f"{address}/examples").json()


def test_an_archive_is_asked_once_and_what_was_removed_is_offered_no_more(tmp_path: Path) -> None:
    library = FakeLibrary(TOLD)
    asker = FakeAsker(library)
    with asked_at(asker, tmp_path) as examples:
        for _ in range(2):
            assert examples() == {"examples": [QUESTION], "finding": False}
        library.stored["more"] = replace(RIVAL, id="more")  # one article more: those that are known do
        assert examples()["examples"] == [QUESTION]
        assert len(asker.asked) == 1
        library.stored.clear()
        assert examples() == {"examples": [], "finding": False}


def test_nobody_waits_until_all_are_found(tmp_path: Path) -> None:
    asker = FakeAsker(FakeLibrary(TOLD), seconds=1.0)
    with asked_at(asker, tmp_path) as examples:
        assert examples() == {"examples": [], "finding": True}
        assert wait_until(lambda: examples() == {"examples": [QUESTION], "finding": False}, seconds=9)
