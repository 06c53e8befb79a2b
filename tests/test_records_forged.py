"""A record whose checksum is right, as anybody can make one, and which says what the archive does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from archive_fakes import HashedWords, put

from bot.answering.dated_words import dated_words
from bot.answers.answer import Answer, Cell, Difference, Sentence, Voice
from bot.answers.citation import Citation, cite
from bot.answers.origins import Origin
from bot.showing.formats.claims import Claim
from bot.showing.formats.record import MadeBy, found_record, record_of
from bot.showing.formats.verifying import VerifiedRecord, verified
from index.records import Article, Span
from index.storage.archive import Archive

PORT = "The ferry stayed in port on Monday, the harbour office said."
BRIDGE = "Anna Lund, the minister, said the bridge would open once the inspectors agree to it."
SHORT = "Anna Lund said the bridge would open once the inspectors agree to it."
FERRY = Article(
    "ferry",
    "Ferry stays in port",
    f"{PORT} {BRIDGE} Nobody was hurt.",
    outlet="Courier",
    published="2020-10-21",
    url="https://courier.example/ferry",
)
COPY = replace(FERRY, id="copy", outlet="Mirror", url=None)


def cited(words: str, number: int) -> Citation:
    start = FERRY.body.index(words)
    return cite(FERRY, Span(start, start + len(words)), number=number)


CITED = (cited(PORT, 1), cited(BRIDGE, 2))
OFFICE = Voice("body", Span(PORT.index("the harbour"), len(PORT) - 1))
HONEST = Answer(
    "Where is the ferry?",
    sentences=(
        Sentence(PORT, (1,), "quoted", "the harbour office", also_in=("Mirror",), voice=OFFICE),
        Sentence(SHORT, (2,), "shortened", "Anna Lund", "minister"),
    ),
    citations=CITED,
    origins=(Origin((1, 2), ("Courier", "Mirror")),),
    differences=(Difference("agreed", (Cell(1, 0, 9), Cell(2, CITED[1].start, CITED[1].start + 9))),),
    dates=dated_words(CITED),
)
RECORD: Mapping[str, Any] = record_of(HONEST, made_by=MadeBy(dateline="1")).model_dump(mode="json")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("forged"), HashedWords(), write=True) as archive:
        for one in (FERRY, COPY):
            put(archive, one)
        yield archive


def forged(changes: Mapping[str, object], archive: Archive) -> VerifiedRecord:
    """The record with some of its answer changed, by "sentences.0.text", and a checksum that is right."""
    given = json.loads(json.dumps(RECORD))
    for path, value in changes.items():
        *names, last = (int(name) if name.isdigit() else name for name in path.split("."))
        place = given["answer"]
        for name in names:
            place = place[name]
        place[last] = value
    rest = {name: value for name, value in given.items() if name != "sha256"}
    canonical = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return verified(
        found_record({**rest, "sha256": hashlib.sha256(canonical.encode()).hexdigest()}, "r"), archive
    )


def test_an_honest_record_stands_with_all_that_it_says(archive: Archive) -> None:
    record = forged({}, archive)
    assert (record.stands, record.as_written, record.unfounded) == (True, True, ())
    assert RECORD["answer"]["dates"] != []


OPEN = "the bridge would open"
AT = FERRY.body.index(OPEN)
CUT = {"quote": OPEN, "start": AT, "end": AT + len(OPEN)}
FIRST, SECOND = ({**one, **CUT} for one in RECORD["answer"]["citations"])
FORGERIES: list[tuple[Claim, dict[str, object]]] = [
    ("shortened", {"sentences.1.text": "Anna Lund said the bridge had fallen."}),
    ("shortened", {"sentences.1.text": "Anna Lund said the bridge would open."}),
    ("shortened", {"citations.1": SECOND, "sentences.1.text": OPEN}),
    ("quoted", {"sentences.0.text": "The ferry stayed in port"}),
    ("quoted", {"sentences.0.text": OPEN, "sentences.0.voice": None, "differences": [],
                "sentences.0.citations": [2]}),
    ("quoted", {"sentences.0.text": OPEN, "sentences.0.voice": None, "differences": [], "dates": [],
                "citations.0": FIRST}),
    ("quoted", {"sentences.1.verdict": "quoted"}),
    ("marked", {"sentences.0.verdict": "marked", "sentences.0.wording": "Anna Lund sank it with 300 men."}),
    ("marked", {"sentences.0.verdict": "marked", "sentences.0.wording": None}),
    ("speaker", {"sentences.0.speaker": "Anna Lund"}),
    ("speaker", {"sentences.1.role": "queen"}),
    ("speaker", {"sentences.1.speaker": None, "sentences.1.role": None}),
    ("speaker", {"sentences.0.voice.via": "Reuters"}),
    ("article", {"citations.0.article.outlet": "BBC"}),
    ("article", {"citations.0.article.title": "Ferry sinks"}),
    ("article", {"citations.1.article.published": "2026-01-01"}),
    ("article", {"citations.1.article.url": "https://evil.example/"}),
    ("uncited", {"sentences.1.citations": []}),
    ("uncited", {"sentences.1.citations": [3]}),
    ("uncited", {"citations.1.number": 1}),
    ("uncited", {"origins.0.citations": [7]}),
    ("words", {"differences.0.cells.0.text": "The mayor"}),
    ("words", {"sentences.0.short": {"text": "sank", "start": 0, "end": 4}}),
    ("words", {"sentences.0.voice.evidence.text": "the mayor said"}),
    ("words", {"corrections": [{"citation": 1, "text": PORT, "start": 0, "end": len(PORT)}]}),
    ("dates", {"dates.0.first": "2019-01-01"}),
    ("printed", {"sentences.0.also_in": ["BBC"]}),
    ("printed", {"origins.0.outlets": ["Courier", "BBC"]}),
    ("printed", {"origins.0.agency": "Reuters"}),
    ("later", {"later": [{"citation": 2, "of": 1, "retracts": True}]}),
    ("text", {"text": "The ferry has sunk. [1]"}),
    ("text", {"status": "abstained"}),
    ("text", {"sentences": [], "text": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "changes"), FORGERIES)
def test_a_record_that_says_more_than_the_archive_does_not_stand(
    claim: Claim, changes: dict[str, object], archive: Archive
) -> None:
    record = forged(changes, archive)
    assert (record.stands, record.as_written) == (False, True)
    assert claim in {one.claim for one in record.unfounded}


def test_a_record_of_a_removed_article_is_said_to_be_that(archive: Archive) -> None:
    record = forged({"citations.0.article.id": "gone"}, archive)
    assert (record.stands, record.citations[0].standing, record.unfounded) == (False, "removed", ())
