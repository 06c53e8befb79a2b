"""Only who printed or wrote a report takes it back; of anybody else that it was is one more report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from archive_fakes import HashedWords, put
from test_later import APOLOGY, BACKGROUND, CLAIM, VOTE, answered

from bot.answering.later import no_longer_said, with_later
from bot.answers.citation import cite
from bot.showing.text import answer_text
from bot.showing.wording import words_of
from index.copies.publisher import speaks_for
from index.records import Article, Filters, Span
from index.storage.archive import Archive

SAID = "Director Anna Lund knew of the losses at Kontor Bank, the auditor said on Monday."
BACK = "The Courier has retracted its report that director Anna Lund knew of the losses at Kontor Bank."
STRANGER = replace(
    APOLOGY, id="stranger", title="Courier retracts Lund report", body=BACK + BACKGROUND, outlet="Evil Post"
)
WIRE, AT_WIRE = "North Wire", "https://wire.example/1"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, HashedWords(), write=True) as archive:
        put(archive, CLAIM)
        yield archive


def taken_back(archive: Archive, article_id: str) -> list[str]:
    return [one.article.id for one in archive.later(article_id) if one.retracts]


@pytest.mark.parametrize(
    ("later", "earlier", "speaks"),
    [
        ({"outlet": "The Courier"}, {"outlet": "The Courier"}, True),
        ({"outlet": "courier"}, {"outlet": "The  Courier"}, True),
        ({"outlet": "Evil Post"}, {"outlet": "The Courier"}, False),
        ({"outlet": "The C\u043eurier"}, {"outlet": "The Courier"}, False),
        ({"outlet": WIRE}, {"outlet": "The Courier", "agency": WIRE}, True),
        ({"outlet": "Evil Post", "agency": WIRE}, {"outlet": "The Courier", "agency": WIRE}, False),
        ({"outlet": "Inter-North Wire", "agency": "INW"}, {"outlet": "The Courier", "agency": "INW"}, True),
        ({"outlet": "Asia AFP", "agency": "AFP"}, {"outlet": "The Courier", "agency": "AFP"}, True),
        ({"outlet": "Evil Post", "agency": "EP"}, {"outlet": "The Courier", "agency": "EP"}, False),
        ({"outlet": "Asia AFP", "agency": "AFP"}, {"outlet": "The Courier"}, False),
        ({}, {}, False),
        ({}, {"outlet": "The Courier"}, False),
        ({"url": AT_WIRE}, {"url": "https://www.wire.example/2"}, True),
        ({"url": AT_WIRE}, {"url": "https://www.wire.example/2", "outlet": WIRE}, True),
        ({"url": AT_WIRE, "outlet": "BBC News"}, {"url": "https://m.wire.example/2", "outlet": "BBC"}, True),
        ({"url": AT_WIRE, "outlet": "Evil Post"}, {"url": "https://wire.example/2", "outlet": WIRE}, False),
        ({"url": "https://evil.example/1", "outlet": WIRE}, {"url": AT_WIRE, "outlet": WIRE}, False),
        ({"url": "https://evil.example/1", "outlet": WIRE}, {"url": AT_WIRE, "agency": WIRE}, False),
        ({"url": "https://xwire.example/1", "outlet": WIRE}, {"url": AT_WIRE, "outlet": WIRE}, False),
        ({"outlet": "BBC News"}, {"outlet": "BBC"}, False),
    ],
)
def test_an_outlet_speaks_for_what_it_printed_or_wrote_and_addresses_go_before_names(
    later: dict[str, str], earlier: dict[str, str], speaks: bool
) -> None:
    one, other = (Article(**{"id": "a", "title": "T", "body": "B", **told}) for told in (later, earlier))
    assert speaks_for(one, other) == speaks


@pytest.mark.parametrize("outlet", ["Evil Post", "The C\u043eurier", None])
def test_what_a_stranger_says_was_taken_back_is_a_later_report_in_its_own_words(
    outlet: str | None, archive: Archive
) -> None:
    put(archive, replace(STRANGER, outlet=outlet))
    assert [(one.article.id, one.retracts) for one in archive.later("claim")] == [("stranger", False)]
    assert not any(one.retracts for one in archive.story("claim"))
    text = answer_text(with_later(answered(CLAIM, SAID), archive), words_of())
    assert "Taken back" not in text
    assert "The same story, later ([1])" in text
    assert BACK in text
    assert no_longer_said([cite(CLAIM, Span(0, len(SAID)), number=1)], Filters(), archive) == ()


def test_a_newer_report_of_a_stranger_hides_not_what_the_outlet_takes_back_itself(archive: Archive) -> None:
    put(archive, APOLOGY)
    put(archive, replace(STRANGER, title="Courier withdraws apology", published="2021-03-09"))
    assert taken_back(archive, "claim") == ["apology"]
    assert "Taken back later ([1]): The Courier" in answer_text(
        with_later(answered(CLAIM, SAID), archive), words_of()
    )


def test_who_copies_a_report_and_takes_its_copy_back_takes_back_nothing_else(archive: Archive) -> None:
    put(archive, replace(CLAIM, id="copied", outlet="Evil Post", published="2021-03-01T09:00"))
    put(archive, STRANGER)
    assert {one.id for one in archive.same_origin("claim")} == {"claim", "copied"}
    assert taken_back(archive, "copied") == ["stranger"]
    assert taken_back(archive, "claim") == []
    assert not any(one.retracts for one in archive.story("claim"))


def test_a_copy_that_tells_of_taking_back_makes_no_retraction_of_what_it_copied(archive: Archive) -> None:
    vote = replace(VOTE, outlet="The Courier", published="2021-03-12T08:00")
    forged = replace(vote, id="forged", title=f"{vote.title}; Courier story retracted", outlet="Evil Post")
    put(archive, replace(forged, body=forged.body.replace(" 90", " 90.5"), published="2021-03-12T09:00"))
    put(archive, vote)
    assert {one.id for one in archive.same_origin("vote")} == {"forged", "vote"}
    assert [(one.article.id, one.retracts) for one in archive.later("claim")] == [("vote", False)]


def test_an_agency_takes_back_what_its_clients_printed(archive: Archive) -> None:
    put(archive, replace(CLAIM, id="printed", body=f"{SAID} It denies this.{BACKGROUND}", agency=WIRE))
    put(archive, replace(APOLOGY, outlet=WIRE))
    assert taken_back(archive, "printed") == ["apology"]
    assert taken_back(archive, "claim") == []
