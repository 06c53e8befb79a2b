"""Where a model's line points: its words, letter by letter, in what was sent."""

from __future__ import annotations

import pytest

from bot.proof.lines import Lines, Lost
from bot.proof.marked import may_be_marked
from bot.proof.pointing import point
from bot.proof.records import DraftLine, SentPassage
from index.records import Article, Hit, Passage, Span

HARBOUR = Article(
    "harbour",
    "Harbour reopens",
    "The harbour reopened at noon on Monday. Three cranes were lost in the storm — the worst since 1990.\n\n"
    "“We were lucky,” the harbour master, Per Moe, said. It took the crew 12 hours to clear the quay.",
    outlet="Gazette",
    published="2020-10-20",
)
FERRY = Article(
    "ferry", "Ferry sinks", "The ferry sank at noon on Monday. Nobody was hurt.", outlet="Courier"
)


def shown(number: int, article: Article, end: int | None = None) -> SentPassage:
    span = Span(0, len(article.body) if end is None else end)
    text = article.body[: span.end]
    passage = Passage(article.id, article.revision, 0, 0, span.end, text, (span,))
    return SentPassage(number, Hit(passage, article, 1.0, origin=article.id), span)


SENT = (shown(1, HARBOUR), shown(2, FERRY))


def words(drafted: DraftLine) -> list[tuple[int, str]]:
    places = point(drafted, SENT).places
    return [(one.shown.number, one.shown.article.body[one.words.start : one.words.end]) for one in places]


@pytest.mark.parametrize(
    ("number", "relied", "found"),
    [
        (1, "The harbour reopened at noon", [(1, "The harbour reopened at noon")]),
        (1, '"We were lucky," the harbour', [(1, "We were lucky,” the harbour")]),
        (1, "in the storm - the worst", [(1, "in the storm — the worst")]),
        (
            2,
            "Three cranes were lost",
            [(1, "Three cranes were lost")],
        ),  # of another passage: that one is cited
        (1, "Three cranes … since 1990", [(1, "Three cranes were lost in the storm — the worst since 1990")]),
        (1, "The harbour reopened … since 1990", []),  # not of one sentence
        (1, "Four cranes were lost", []),
        (1, "Three cranes lost in the storm", []),
        (1, "took the crew 2 hours", []),  # "2" of "12"
        (1, "of the", []),
        (9, "Nobody was hurt", [(2, "Nobody was hurt")]),
    ],
)
def test_words_are_found_letter_by_letter_or_not_at_all(
    number: int, relied: str, found: list[tuple[int, str]]
) -> None:
    assert words(DraftLine("It says so.", (number,), ((number, relied),))) == found


def test_of_several_places_the_one_most_like_the_line_is_meant() -> None:
    body = "The vote was at noon on Monday. Rain fell. The ferry sank at noon on Monday with nobody aboard."
    sent = [shown(1, Article("a", "A", body))]
    (place,) = point(DraftLine("The ferry sank.", (1,), ((1, "at noon on Monday"),)), sent).places
    assert place.words.start > body.index("Rain")


def test_words_outside_of_what_was_sent_are_not_found() -> None:
    sent = [shown(1, HARBOUR, end=40)]
    assert point(DraftLine("x", (1,), ((1, "Three cranes were lost"),)), sent).places == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nobody was hurt.", [(2, "Nobody was hurt")]),
        ("Insurers will pay for what the storm destroyed.", []),
        ("Three cranes were lost in the worst storm since 1990.", [(1, 0)]),
    ],
)
def test_a_bare_number_points_at_the_sentence_that_has_most_of_the_words(
    text: str, found: list[tuple[int, object]]
) -> None:
    cites = (2,) if "Nobody" in text else (1,)
    assert [number for number, _ in words(DraftLine(text, cites))] == [number for number, _ in found]


def test_a_line_with_words_that_are_found_is_never_lost() -> None:
    line = DraftLine("The quay was shut all day.", (1,), ((1, "Four cranes"), (1, "12 hours to clear")))
    (sentence,) = proved(line)
    assert sentence == "It took the crew 12 hours to clear the quay."


def test_each_place_of_a_line_is_quoted() -> None:
    line = DraftLine(
        "Both reopened or sank.", (1, 2), ((1, "The harbour reopened"), (2, "The ferry sank at noon"))
    )
    assert proved(line) == ["The harbour reopened at noon on Monday.", "The ferry sank at noon on Monday."]


def test_a_line_without_any_is_lost_and_says_why() -> None:
    outcome = Lines().prove(DraftLine("Four cranes fell.", (1,), ((1, "Four cranes fell"),)), SENT, shorts={})
    assert outcome == Lost("Four cranes fell.", "these words stand in no passage: “Four cranes fell”")


def proved(line: DraftLine) -> list[str]:
    outcome = Lines().prove(line, SENT, shorts={})
    assert not isinstance(outcome, Lost)
    return [one.text for one in outcome]


@pytest.mark.parametrize(
    ("text", "shown_marked"),
    [
        ("The storm destroyed three of the harbour’s cranes.", True),
        ("Per Moe, who runs the harbour, thought it had been a narrow escape.", True),
        ("The storm destroyed 4 cranes.", False),
        ("The storm destroyed four cranes.", False),
        ("The harbour reopened on Tuesday.", False),
        ("Anna Lund thought it had been a narrow escape.", False),
        ("Per Moe said “we were unlucky”.", False),
        ("See https://evil.example for more.", False),
        ("The storm, see evil.de, destroyed the cranes.", False),
        ("The storm destroyed the cranes, as evil.xyz/login says.", False),
        ("The storm destroyed the cranes, write to x (at) evil dot com.", False),
        ("The storm destroyed the cranes, ask @octocat.", False),
        ("The storm destroyed the cranes and twenty-five people died.", False),
        ("The storm destroyed thirty-one cranes.", False),
        ("The storm destroyed the cranes, five-hundred died.", False),
        ("The storm destroyed ½ of the cranes.", False),
        ("The storm destroyed a quarter of the cranes.", False),
        ("The storm killed dozens.", False),
        ("The storm was the eleventh that came.", False),
        ("The storm destroyed the cranes: Putin paid for it.", False),
        ("Putin paid for the storm.", False),
        ("The storm destroyed the cranes. Putin paid for it.", False),
        ("The storm destroyed the cranes, as ❝we have killed them all❞ shows.", False),
        ("The storm destroyed the cranes, as ‹we have killed them› shows.", False),
        ("The storm destroyed the cranes, as ‘we haven’t killed them’ shows.", False),
        ("The storm destroyed the cranes, as ''we have killed them'' shows.", False),
        ("The storm was “unlucky”.", False),
        ("Officials thought the storm had destroyed the harbour’s cranes. After that it reopened.", True),
    ],
)
def test_a_marked_wording_has_no_figure_date_name_quotation_or_address_of_its_own(
    text: str, shown_marked: bool
) -> None:
    assert may_be_marked(text, [HARBOUR]) == shown_marked
