"""The matcher on pairs of our own, which it was not trained on, and what it is given to read."""

from pathlib import Path

import pytest

from bot.differing.matching.matcher import MODEL, Matcher
from bot.differing.matching.rows import CLOSES, OPENS, MarkedSide, RowMaker
from bot.differing.matching.values import unlike_values
from bot.differing.pairs import Reports
from bot.differing.reports import read_report
from bot.language.lexicon import load_lexicon
from bot.language.sentence import NewsSentence
from bot.language.vocabulary import Vocabulary, load_vocabulary
from bot.weighing.reader.tokens import load_tokenizer
from eval.cases import BadCase
from eval.training.matching.value_pairs import VALUES, cloze_pairs, made_of, written_pairs
from index.errors import EncoderError, WrongWeights
from index.records import Article, Span


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(load_lexicon())


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


def report(text: str, vocabulary: Vocabulary, *, day: str = "2024-03-05", title: str = "") -> NewsSentence:
    article = Article(text[:20], title, text, outlet=text[:5], published=day)
    return read_report(article, Span(0, len(text)), vocabulary)


def told(one: str, other: str, vocabulary: Vocabulary, matcher: Matcher) -> tuple[str, str, str] | None:
    reports = Reports(report(one, vocabulary), report(other, vocabulary))
    (way,) = matcher.compare([reports])
    return (way.kind, one[slice(*way.one)], other[slice(*way.other)]) if way else None


def test_a_row_marks_each_value_and_says_where() -> None:
    tokenizer = load_tokenizer()
    side = MarkedSide("The mudslide killed 14 people.", 20, 22, "2024-03-05", "Slide in Orto")
    row = RowMaker(tokenizer).row(side, MarkedSide("Eleven died in Orto.", 0, 6))
    first, second = row.marks
    assert row.ids[first] == row.ids[second] == OPENS
    assert tokenizer.decode([row.ids[first + 1], row.ids[second + 1]]) == "14 eleven"
    assert row.ids[first + 2] == row.ids[second + 2] == CLOSES
    assert first < row.second <= second


def test_values_that_are_the_same_in_other_words_are_not_asked_about(vocabulary: Vocabulary) -> None:
    one = report("Eleven skiers died in Orto on Monday.", vocabulary, day="2024-03-05")
    other = report("The slide in Orto killed 11 skiers on 4 March.", vocabulary)
    assert [pair for pair in unlike_values(Reports(one, other)) if pair.kind in ("figure", "date")] == []


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (
            "The mudslide above Orto killed 14 people on Monday, the mayor said.",
            "Nineteen residents of Orto lost their lives when the hillside gave way on Monday.",
            "figure",
        ),
        (
            "The strike at Fabex will last six days.",
            "Workers at Fabex walk out for four days from Monday, the union said.",
            "figure",
        ),
    ],
)
def test_a_value_of_one_thing_is_told_however_the_reports_are_worded(
    one: str, other: str, kind: str, vocabulary: Vocabulary, matcher: Matcher
) -> None:
    found = told(one, other, vocabulary, matcher)
    assert found and found[0] == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The mudslide above Orto killed 14 people on Monday, the mayor said.",
            "Six of those killed by the mudslide above Orto on Monday were children, the mayor said.",
        ),
        (
            "The mudslide above Orto killed 14 people on Monday, the mayor said.",
            "The mudslide above Orto injured 40 people on Monday, the mayor said.",
        ),
        (
            "Turnout in the county of Vell was 61 percent, officials said.",
            "Turnout in the county of Marn was 48 percent, officials said.",
        ),
    ],
)
def test_a_part_another_measure_and_another_place_are_no_difference(
    one: str, other: str, vocabulary: Vocabulary, matcher: Matcher
) -> None:
    assert told(one, other, vocabulary, matcher) is None


def test_other_weights_are_not_read(tmp_path: Path, vocabulary: Vocabulary) -> None:
    both = [Reports(report("Six died in Orto.", vocabulary), report("Nine died in Orto.", vocabulary))]
    with pytest.raises(EncoderError, match=MODEL):
        Matcher(folder=tmp_path).compare(both)
    (tmp_path / MODEL).write_bytes(b"weights")
    (tmp_path / f"{MODEL}.sha256").write_text("0" * 64)
    with pytest.raises(WrongWeights, match=MODEL):
        Matcher(folder=tmp_path).compare(both)


def test_what_is_learned_from_has_a_value_in_each_sentence(vocabulary: Vocabulary) -> None:
    import random

    pairs = [pair for group in written_pairs() for pair in group]
    some = [*pairs[:200], *cloze_pairs()]
    for pair in made_of(some, vocabulary, rng=random.Random(1)):
        for side in (pair.one, pair.other):
            assert side.text[side.start : side.end].strip(), pair
    assert len(pairs) > 2000


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    path = tmp_path / VALUES.name
    path.write_text("= figure | 2024-01-01 | t | [Six] died.\nworse | 2024-01-01 | t | [Nine] died.\n")
    with pytest.raises(BadCase, match="line 2"):
        written_pairs(path)
