import pytest
from asking_fakes import LUND, MOE, FakeArchive, other

from bot.answers.citation import Citation, cite
from bot.answers.proposal import NearPlace, Place, Proposed
from bot.proof.proving import cite_nearest, prove
from index.errors import Unproved
from index.records import Span


def proposed(text: str, *places: Place) -> Proposed:
    return Proposed(text, places, "quoted")


FIRST = Place(LUND, Span(0, 9))  # Norwegian
OTHER = Place(MOE, Span(0, 8))  # Skippers


def test_a_quotation_is_proved_and_numbered() -> None:
    one, two = prove([proposed("Norwegian", FIRST), proposed("Skippers", OTHER)], FakeArchive(LUND, MOE))
    assert [one.sentence.citations, two.sentence.citations] == [(1,), (2,)]
    assert two.citations[0].quote == "Skippers"


def test_a_place_cited_twice_keeps_its_number() -> None:
    proved = prove([proposed("Norwegian", FIRST), proposed("Norwegian", FIRST)], FakeArchive(LUND))
    assert [one.sentence.citations for one in proved] == [(1,), (1,)]


def test_what_cannot_be_proved_is_cut_and_the_rest_numbered_anew() -> None:
    changed = other(LUND, body=LUND.body + " More.")
    (one,) = prove([proposed("Norwegian", FIRST), proposed("Skippers", OTHER)], FakeArchive(changed, MOE))
    assert (one.sentence.text, one.sentence.citations) == ("Skippers", (1,))


@pytest.mark.parametrize(
    "bad",
    [
        proposed("norwegian", FIRST),
        proposed("Norwegian", Place(LUND, Span(1, 10))),
        proposed("Norwegian Skippers", FIRST, OTHER),
        proposed("", Place(LUND, Span(5, 5))),
        proposed("x", Place(LUND, Span(10**6, 10**6 + 1))),
        proposed("Norwegian"),
        proposed("Norwegian", Place(other(LUND, id="gone"), Span(0, 9))),
    ],
)
def test_a_quotation_that_is_not_its_citation_is_cut(bad: Proposed) -> None:
    assert prove([bad], FakeArchive(LUND, MOE)) == []


def test_an_unproved_citation_cannot_be_built() -> None:
    good = cite(LUND, Span(0, 9), number=1)
    for start, end, quote, revision in [
        (0, 9, "norwegian", good.revision),
        (1, 9, good.quote, good.revision),
        (0, 9, good.quote, "0" * 64),
        (-9, 0, good.quote, good.revision),
    ]:
        with pytest.raises(Unproved):
            Citation(1, LUND, revision, start, end, quote)


def test_nearest_places_that_are_gone_leave_no_gap_in_the_numbers() -> None:
    assert [one.number for one in cite_nearest([NearPlace(FIRST), NearPlace(OTHER)], FakeArchive(MOE))] == [1]
