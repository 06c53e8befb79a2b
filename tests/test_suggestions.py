"""Questions to begin with are made of the archive, and each of them has an answer there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx
from http_fakes import HARBOUR, HOSTILE, RIVAL, FakeAsker, FakeLibrary, serving

from bot.answering.suggestions import candidates_of, suggested
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings

TOLD = replace(
    HARBOUR,
    body="The port of Eastholm lost its cranes on Friday.\n\n“We lost four cranes,” said mayor Ada Lind.",
)
QUESTION = "What did Ada Lind say about Eastholm?"
SILENT = replace(TOLD, id="silent", body=TOLD.body.replace("Ada Lind", "Oda Brenk"))


def offered(library: FakeLibrary) -> tuple[str, ...]:
    return asyncio.run(suggested(FakeAsker(library), candidates_of(library)))


def test_a_question_is_offered_where_somebody_answers_it() -> None:
    assert offered(FakeLibrary(TOLD, RIVAL, HOSTILE)) == (QUESTION,)


def test_what_its_speaker_does_not_answer_is_not_offered() -> None:
    assert candidates_of(FakeLibrary(SILENT))[0][0].speaker == "Oda Brenk"
    assert offered(FakeLibrary(SILENT)) == ()


def test_an_archive_is_asked_once_until_it_changes(tmp_path: Path) -> None:
    library = FakeLibrary(TOLD)
    asker = FakeAsker(library)
    settings = HttpSettings(rate_per_address=0)
    app = create_app(asker, library, keys=KeyRing(tmp_path / "keys.json"), settings=settings)
    with serving(app) as address:
        for _ in range(2):
            assert httpx.get(f"{address}/examples").json() == {"examples": [QUESTION]}
        assert len(asker.asked) == 1
        library.stored.clear()
        assert httpx.get(f"{address}/examples").json() == {"examples": []}
