"""Quotations held against an archive: what each is, and that none is word for word that is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from archive_fakes import HashedWords, put
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.citation import cite
from bot.checking.checker import QuoteChecker, has_own_words
from bot.checking.cutting import cuts
from bot.checking.normal import normal
from bot.checking.records import CheckedQuote, VerbatimPart
from bot.showing.checks import check_lines, marked_text
from bot.showing.checks_json import check_body
from bot.showing.wording import words_of
from index.errors import BadInput, Unproved
from index.records import Article, Span
from index.storage.archive import Archive

CRANES = "The storm took four cranes and half of the fish market’s roof"
HARBOUR = Article(
    id="harbour",
    title="Harbour closed",
    body=f"A storm closed the harbour of Velmora on Friday.\n\n“{CRANES},” said mayor Ada Lind. “We can’t"
    " open it before the divers have looked at every wall.”\n\nThe port’s owner, Teo Marsh, disagreed. “Ships"
    " could sail to-morrow if the council let the pilots work through the night,” Marsh said. The council"
    " meets on Monday to hear both of them – and a non-violent protest is planned. It has 1.5 million crowns"
    " to spend.",
    outlet="Harbour Post",
    published="2020-10-19",
    url="https://post.example/harbour",
    language="en",
)
COPY = replace(HARBOUR, id="copy", outlet="Tull Courier", published="2020-10-20", url=None)
FERRY = Article(
    id="ferry",
    title="Ferry sold",
    body="The ferry company of Ostrana was sold on Tuesday for nine million crowns.\n\n“Nobody who works on"
    " the boats will lose a day of wages over this sale,” said director Mina Sorel.",
    outlet="Inland Wire",
    published="2020-11-02",
    language="en",
)
SAID = Article(
    id="said",
    title="Council sits",
    body="“Without the first report; without the one that came in March — the owner would be at sea,” said"
    " Ida Berg. “We know that Ida can sail,” said her brother. “No levy, no bridge,” she said. The owner"
    " would, under no circumstances, leave the port. The clerks want to hear both owners of the levy first."
    " “We know it well. The owner does not. The clerks saw that ship,” she said.",
    outlet="Harbour Post",
    published="2020-11-05",
    language="en",
)
OLD = replace(FERRY, body=FERRY.body.replace("nine million", "eleven million, a record,"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Three articles, a copy of one, and an earlier revision of another."""
    with Archive.open(tmp_path_factory.mktemp("checked"), HashedWords(), write=True) as archive:
        for article in (HARBOUR, COPY, OLD, FERRY, SAID):
            put(archive, article)
        yield archive


@pytest.fixture(scope="module")
def checker(archive: Archive) -> QuoteChecker:
    return QuoteChecker(archive)


def test_a_quotation_is_found_word_for_word_with_its_copies_counted_once(checker: QuoteChecker) -> None:
    checked = checker.check(CRANES)
    (place,) = checked.places
    assert (checked.verdict, checked.origins, checked.articles) == ("word_for_word", 1, 2)
    assert (place.article.id, [one.id for one in place.also_in]) == ("harbour", ["copy"])
    assert place.speaker and place.speaker.name == "Ada Lind"
    assert place.article.body[place.span.start : place.span.end] == CRANES
    assert place.set_aside == ()


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ('"The storm took four cranes and half of the fish market\'s roof."', {"marks", "edges"}),
        ("the storm took four cranes", {"capital"}),
        ("The  storm\ntook four cranes", {"spaces"}),
        ("The sto\u00adrm took four cranes", {"unicode"}),
        ("to hear both of them — and a non‐violent protest", {"dashes"}),
        ("The storm … half of the fish market’s roof", {"ellipsis"}),
        ("Without the first report ... the owner would be at sea", {"ellipsis"}),  # "without" is still there
        ("We know it well. [...] The clerks saw that ship", {"ellipsis"}),  # a whole sentence is left out
        ("[t]he storm took four cranes", {"brackets"}),
        ("The storm [of Friday] took four cranes", {"brackets"}),
        ("[Marsh said] Ships could sail to-morrow", set()),
        ("We know that [Berg] can sail", {"brackets"}),  # whom the article calls Ida Berg
        ("We know that [Ida Berg] can sail", {"brackets"}),
        ("We can’t open [the harbour] before the divers", {"brackets"}),
        ("on Friday. “The storm took four cranes", {"spaces"}),
    ],
)
def test_what_is_set_aside_in_comparing_is_named(checker: QuoteChecker, text: str, aside: set[str]) -> None:
    checked = checker.check(text)
    assert checked.verdict == "word_for_word"
    assert aside <= set(checked.places[0].set_aside)


@pytest.mark.parametrize(
    "text",
    [
        "The storm took five cranes and half of the fish market’s roof",
        "The storm took four cranes, and half of the fish market’s roof",
        "The storm took four cranes and half of the fish market's roofs",
        "We can open it before the divers have looked at every wall",
        "We can",  # of "can't"
        "a violent protest is planned",
        "violent protest is planned",  # of "non-violent"
        "5 million crowns to spend",  # of "1.5 million"
        "We … open it before the divers have looked",  # "can't" is left out
        "No levy … bridge",
        "We know that [Lind] can sail",
        "We know [Berg] can sail",
        "The owner would … leave the port",  # "under no circumstances" is left out
        "the owner would be at sea … leave the port",
        "We [really] open it before the divers have looked",
        "Ships could [never] sail to-morrow if the council let the pilots work",
        "It has 1.5 million crowns to spen",
        "Ships could sail to-morrow … The council meets on Tuesday",
    ],
)
def test_no_word_more_or_less_is_word_for_word(checker: QuoteChecker, text: str) -> None:
    assert checker.check(text).verdict not in ("word_for_word", "speaker_unclear")


def test_of_an_altered_quotation_what_differs_is_told_side_by_side(checker: QuoteChecker) -> None:
    checked = checker.check("The storm took five cranes and half of the old fish market’s roof")
    assert checked.verdict == "altered"
    assert checked.nearest
    body, text = checked.nearest.citation.article.body, checked.text
    told = [
        (one.kind, text[one.asked.start : one.asked.end], body[one.there.start : one.there.end])
        for one in checked.nearest.changes
    ]
    assert told == [("changed", "five", "four"), ("added", "old", "")]
    assert "– “five” instead of “four”" in check_lines(checked, words_of())


def test_an_invented_tail_is_an_alteration(checker: QuoteChecker) -> None:
    said = "Nobody who works on the boats will lose a day of wages and every captain gets a house"
    assert checker.check(said).verdict == "altered"


@pytest.mark.parametrize(
    "text",
    [
        "The storm took four cranes and half of the boats will lose a day of wages over this sale",
        "The storm took four cranes and half of the fish market’s roof if the council let the pilots work",
        "The council meets on Monday want to hear both owners of the levy first",  # "to hear both" is in both
        "The owner does not. Ships could sail to-morrow if the council let the pilots work",
        "The storm took four cranes … will lose a day of wages over this sale",
        "The storm took four cranes … Ships could sail to-morrow if the council let the pilots work",
    ],
)
def test_pieces_of_several_places_are_spliced(checker: QuoteChecker, text: str) -> None:
    checked = checker.check(text)
    assert checked.verdict == "spliced"
    assert len(checked.pieces) == 2
    for piece in checked.pieces:
        assert normal(text[piece.asked.start : piece.asked.end]) == normal(
            piece.place.parts[0].citation.quote
        )


@pytest.mark.parametrize(
    ("speaker", "verdict"),
    [
        ("Ada Lind", "word_for_word"),
        ("Lind", "word_for_word"),
        ("Mayor Lind", "word_for_word"),
        ("Teo Marsh", "other_speaker"),
        ("Ida Berg", "other_speaker"),
        ("Ole Lind", "other_speaker"),
    ],
)
def test_words_are_held_against_who_said_them(checker: QuoteChecker, speaker: str, verdict: str) -> None:
    assert checker.check(CRANES, speaker=speaker).verdict == verdict


def test_the_outlets_own_words_are_nobody_elses(checker: QuoteChecker) -> None:
    assert (
        checker.check("A storm closed the harbour of Velmora", speaker="Ada Lind").verdict == "other_speaker"
    )


def test_words_of_an_earlier_revision_are_found_and_told_as_that(checker: QuoteChecker) -> None:
    checked = checker.check("sold on Tuesday for eleven million, a record")
    (place,) = checked.places
    assert (checked.verdict, place.current, place.article.revision) == ("word_for_word", False, OLD.revision)
    assert any("earlier revision" in line for line in check_lines(checked, words_of()))


@pytest.mark.parametrize(
    "text", ["The turnips of Ghorran were weighed twice", "It is what the market wanted"]
)
def test_what_no_article_says_is_in_none(checker: QuoteChecker, text: str) -> None:
    assert checker.check(text).verdict == "absent"


def test_a_quotation_over_the_end_of_a_passage_is_found(tmp_path: Path) -> None:
    lines = [
        f"Boat {n} of the fleet came home with {n * 7} crates of herring and a torn net." for n in range(60)
    ]
    with Archive.open(tmp_path, HashedWords(), write=True) as archive:
        put(archive, replace(FERRY, id="long", body=" ".join(lines)))
        checker = QuoteChecker(archive)
        for first in range(0, 58, 3):
            assert checker.check(" ".join(lines[first : first + 3])).verdict == "word_for_word"


def test_every_quotation_of_a_text_is_held_against_whom_the_text_names(checker: QuoteChecker) -> None:
    text = (
        f"“{CRANES},” said Teo Marsh. The director, Mina Sorel, said: “Nobody who works on the boats will"
        " lose a day of wages over this sale.” And “the moon is a lantern of cheese”, a song goes."
    )
    checked = checker.check_text(text)
    verdicts = [one.checked.verdict for one in checked.quotes]
    assert verdicts == ["other_speaker", "word_for_word", "absent"]
    assert "this sale.” [2: word for word] And" in marked_text(checked, words_of())


def test_what_cannot_be_checked_is_said(checker: QuoteChecker) -> None:
    for text in ("", "“…”", "x" * 5001):
        with pytest.raises(BadInput, match="expected"):
            checker.check(text)
    with pytest.raises(BadInput, match="0 quotations"):
        checker.check_text("Nobody is quoted here.")


def test_a_text_with_words_of_its_own_is_a_text() -> None:
    assert has_own_words("She said “we wait”.")
    assert not has_own_words("“We wait, and wait.”")
    assert not has_own_words("We wait")


def test_a_part_that_its_article_does_not_have_cannot_be_made() -> None:
    citation = cite(HARBOUR, Span(0, 48), number=1)
    assert VerbatimPart(f"“{citation.quote}”", citation)
    with pytest.raises(Unproved):
        VerbatimPart("A storm closed the harbour of Ostrana on Friday.", citation)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_whatever_is_cut_out_of_an_article_is_found_there_and_one_letter_off_is_not(
    checker: QuoteChecker, data: st.DataObject
) -> None:
    body = HARBOUR.body
    edges = [at for at in range(len(body) + 1) if not cuts(body, at)]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    text = body[start:end]
    letters = [n for n, letter in enumerate(text) if letter.isalnum()]
    if not letters:
        return
    assert checker.check(text).verdict == "word_for_word"
    at = data.draw(st.sampled_from(letters))
    wrong = f"{text[:at]}{'q' if text[at] != 'q' else 'x'}{text[at + 1 :]}"
    assert checker.check(wrong).verdict not in ("word_for_word", "speaker_unclear")


def test_the_json_says_what_the_record_says(checker: QuoteChecker) -> None:
    body = check_body(checker.check(CRANES, speaker="Lind"))
    (place,) = body.places
    assert (body.verdict, place.holding, place.quote) == ("word_for_word", "same", CRANES)
    assert body.summary == "Word for word: 2 articles, 1 origin"
    assert isinstance(checker.check(CRANES), CheckedQuote)
