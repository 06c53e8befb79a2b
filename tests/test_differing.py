from pathlib import Path

import pytest
from asking_fakes import FakeArchive, hit_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, Cell, Sentence
from bot.answers.citation import cite
from bot.differing.comparing import compare
from bot.differing.differences import Comparer
from bot.differing.pairs import PairKind
from bot.differing.reports import read_report
from bot.language.lexicon import Lexicon, load_lexicon
from bot.language.vocabulary import Vocabulary, load_vocabulary
from bot.showing.wording import words_of
from eval.cases import BadCase
from eval.studies.differing.__main__ import found_kind
from eval.studies.differing.pairs import DIFFERING, FILES, LabelledPair, load_pairs
from eval.studies.differing.shown import compared, once, planted, shown
from index.records import Article, Span


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    return load_vocabulary(lexicon)


def article(name: str, body: str, published: str | None = "2021-03-04") -> Article:
    return Article(name, name, body, outlet=f"The {name.title()}", published=published)


ORLA = "The tanker Orla spilled 400 tonnes of oil off Cape Ness on Wednesday."


def kind(
    one: str, other: str, vocabulary: Vocabulary, *, days: tuple[str | None, str | None]
) -> PairKind | None:
    reports = [
        read_report(article(name, body, day), Span(0, len(body)), vocabulary)
        for name, body, day in (("mail", one, days[0]), ("wire", other, days[1]))
    ]
    found = compare(reports[0], reports[1])
    return found.kind if found else None


SAME_DAY = ("2021-03-04", "2021-03-04")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("Off Cape Ness the tanker Orla spilled 700 tonnes of oil.", "figure"),
        ("The tanker Orla spilled 400 tonnes of oil off Cape Ness on Tuesday.", "date"),
        ("Off Cape Ness 400 tonnes of oil were lost by the tanker Orla.", "agreed"),
        ("The tanker Orla spilled oil off Cape Ness on Tuesday.", "date"),
        ("The tanker Orla spilled 400 tonnes of oil off Sanhai.", "place"),
        ("The tanker Orla spilled at least 380 tonnes of oil off Cape Ness.", "agreed"),
        ("The tanker Ruth spilled 700 tonnes of oil off Sanhai.", None),
        ("Anna Lund met the skippers in Bodø.", None),
    ],
)
def test_one_difference_among_much_that_agrees_is_one(
    other: str, found: PairKind | None, vocabulary: Vocabulary
) -> None:
    assert kind(ORLA, other, vocabulary, days=SAME_DAY) == found


def test_a_newer_figure_is_an_update_and_no_disagreement(vocabulary: Vocabulary) -> None:
    later = "The tanker Orla has now spilled 900 tonnes of oil off Cape Ness."
    assert kind(ORLA, later, vocabulary, days=("2021-03-04", "2021-03-06")) == "update"
    assert kind(ORLA, later, vocabulary, days=SAME_DAY) == "figure"


def test_reports_of_another_week_are_of_another_event(vocabulary: Vocabulary) -> None:
    later = "The tanker Orla spilled 900 tonnes of oil off Cape Ness."
    assert kind(ORLA, later, vocabulary, days=("2021-03-04", "2021-05-06")) is None


def test_without_dates_reports_are_still_compared(vocabulary: Vocabulary) -> None:
    other = "Off Cape Ness the tanker Orla spilled 700 tonnes of oil."
    assert kind(ORLA, other, vocabulary, days=(None, None)) == "figure"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Belorian troops have liberated the town of Sur.",
            "Belorian troops took control of the town of Sur.",
        ),
        ("The regime of President Teke closed a paper.", "The government of President Teke closed a paper."),
        ("Forces launched a counter-offensive along the Dor.", "Forces launched an attack along the Dor."),
    ],
)
def test_words_that_take_sides_are_a_difference(one: str, other: str, vocabulary: Vocabulary) -> None:
    assert kind(one, other, vocabulary, days=SAME_DAY) == "wording"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # a place or a target for a doer, a victim for a suspect
        (
            "Durana’s ministry denied that it had fired the missile and accused Beloria of shelling Tasik.",
            "The agency also says that Durana fired missiles at the towns of Kesh and Orun in May.",
        ),
        ("Ivo Brandt was shot near Mill Lane on Tuesday.", "Nils Aho was charged near Mill Lane on Tuesday."),
        (
            "(Sea Wire) Ghana has found its first cases of marsh fever.",
            "Ghana has found cases like those of Ebola.",
        ),
        # figures that count something else
        (
            "Police arrested 38 people at the march in Hallam.",
            "Six of the people arrested at the march in Hallam left.",
        ),
        (
            "Before the reform 12,000 households in Gouda got help.",
            "Since the reform 7,500 households in Gouda get help.",
        ),
        ("In Gouda 12 people were hurt in the fire.", "In Gouda 19 more people were hurt in the fire."),
        ("Ada Cross, 67, was shot in Nara.", "Photo 7 of 16: Ada Cross was shot in Nara."),
        (
            "The Phase 3 trial of Gouda’s vaccine has ended.",
            "The trial of Gouda’s vaccine, in 25 towns, has ended.",
        ),
        ("Rain of 12-16 inches fell on Gouda.", "Rain of 20 inches fell on Gouda."),
        ("In 2016 Gouda voted to leave the league.", "Gouda voted in 9 wards to leave the league."),
        (
            "Of all Gouda 54 per cent disapprove of the mayor.",
            "Of all Gouda 44 per cent approve of the mayor.",
        ),
        # background
        ("Belorian forces captured Orun in May 1992.", "Belorian forces have liberated Orun."),
    ],
)
def test_what_was_no_difference_on_real_questions_is_none(
    one: str, other: str, vocabulary: Vocabulary
) -> None:
    assert kind(one, other, vocabulary, days=SAME_DAY) in ("agreed", None)


def test_who_uses_both_words_takes_no_side(vocabulary: Vocabulary) -> None:
    freed = "Belorian troops have liberated the town of Sur."
    took = "Belorian troops took control of the town of Sur."
    assert kind(freed, took, vocabulary, days=SAME_DAY) == "wording"
    both = [
        article("mail", f"{freed} Maps show who liberated Sur."),
        article("wire", f"{took} Few liberated Sur."),
    ]
    reports = [read_report(one, Span(0, one.body.index(".") + 1), vocabulary) for one in both]
    assert compare(reports[0], reports[1]) is None


def test_a_weekday_of_two_days_publication_is_one_day(vocabulary: Vocabulary) -> None:
    told = "Ada Cross died in Nara on Friday.", "Ada Cross died on Friday in Nara."
    assert kind(*told, vocabulary, days=("2022-07-07", "2022-07-08")) is None


@pytest.mark.parametrize(
    "label", ["COP27", "the F-16", "Category 3", "the 6-2 defeat", "Resolution 822", "the 2016 vote"]
)
def test_the_number_of_a_name_counts_nothing(label: str, vocabulary: Vocabulary) -> None:
    text = f"Gouda spoke of {label} on Monday."
    assert not read_report(article("mail", text), Span(0, len(text)), vocabulary).quantities


def quoted(one: Article) -> Answer:
    citation = cite(one, Span(0, len(one.body)), number=1)
    return Answer("?", (Sentence(one.body, (1,), "quoted"),), (citation,))


def test_each_cell_of_a_difference_is_a_citation_of_its_own_origin(lexicon: Lexicon) -> None:
    mail = article("mail", ORLA)
    wire = article("wire", "Off Cape Ness the tanker Orla spilled 700 tonnes of oil.")
    copy = article("copy", ORLA + " ")
    hits = [
        hit_of(mail, copies=(copy,)), hit_of(wire), hit_of(copy)
    ]  # fmt: skip
    answer = Comparer(lexicon).add(quoted(mail), hits, shelf=FakeArchive(mail, wire, copy))
    (difference,) = answer.differences
    assert difference.kind == "figure"
    assert [one.citation for one in difference.cells] == [1, 2]
    assert [one.quote for one in answer.citations] == [mail.body, wire.body]
    bodies = {one.number: one.article.body for one in answer.citations}
    assert [bodies[one.citation][one.start : one.end] for one in difference.cells] == ["400", "700"]
    assert words_of().difference(difference, answer.citations) == (
        "The figures differ: The Mail, 4 Mar 2021: “400” [1] · The Wire, 4 Mar 2021: “700” [2]"
    )
    assert words_of().cell(Cell(2, 4, 12), answer.citations) == "The Wire, 4 Mar 2021: “Cape Nes” [2]"


def test_an_article_that_is_gone_is_no_cell(lexicon: Lexicon) -> None:
    mail = article("mail", ORLA)
    wire = article("wire", "Off Cape Ness the tanker Orla spilled 700 tonnes of oil.")
    hits = [hit_of(mail), hit_of(wire)]
    answer = Comparer(lexicon).add(quoted(mail), hits, shelf=FakeArchive(mail))
    assert (answer.differences, len(answer.citations)) == ((), 1)


def test_one_outlet_does_not_differ_from_itself(lexicon: Lexicon) -> None:
    mail = article("mail", ORLA)
    again = Article(
        "again", "a", "Off Cape Ness the tanker Orla spilled 700 tonnes of oil.", outlet="The Mail"
    )
    hits = [hit_of(mail), hit_of(again)]
    assert not Comparer(lexicon).add(quoted(mail), hits, shelf=FakeArchive(mail, again)).differences


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_can_be_compared(vocabulary: Vocabulary, one: str, other: str) -> None:
    reports = [
        read_report(Article("a", "t", body, published="2021-03-04"), Span(0, len(body)), vocabulary)
        for body in (f"{ORLA} {one}", f"{ORLA} {other}")
    ]
    found = compare(reports[0], reports[1])
    assert found is None or reports[0].article.body[found.one.start : found.one.end]


@pytest.mark.parametrize(("path", "differing", "alike"), [(FILES[0], 150, 160), (FILES[1], 30, 40)])
def test_the_labelled_pairs_are_as_many_as_they_should_be(path: Path, differing: int, alike: int) -> None:
    pairs = load_pairs(path)
    found = sum(pair.kind in DIFFERING for pair in pairs)
    assert (found >= differing, len(pairs) - found >= alike) == (True, True)


def test_a_pair_has_titles_or_none_and_a_kind_that_is_known(tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text(
        "== the-bridge | part | held\nMail | - | A bridge | It fell.\nWire | 2021-03-04 | It held.\n"
    )
    (pair,) = load_pairs(path)
    assert (pair.id, pair.kind, pair.group) == ("the-bridge", "part", "held")
    assert [(one.title, one.body, one.published) for one in pair.reports] == [
        ("A bridge", "It fell.", None), ("the-bridge-2", "It held.", "2021-03-04")
    ]  # fmt: skip
    path.write_text("== x | colour\nMail | - | It fell.\nWire | - | It held.\n")
    with pytest.raises(BadCase, match="the kind is 'colour', expected one of figure"):
        load_pairs(path)


def test_of_the_sentences_of_two_stories_those_that_differ_count(vocabulary: Vocabulary) -> None:
    bodies = (
        f"{ORLA} Nobody was hurt.",
        "It was dark. Off Cape Ness the tanker Orla spilled 700 tonnes of oil.",
    )
    one, other = (article(name, body) for name, body in zip(("mail", "wire"), bodies, strict=True))
    assert found_kind(LabelledPair("x", "figure", (one, other), "mended"), vocabulary) == "figure"


@pytest.mark.parametrize("one", ["killed 27 people", "sold 27 ships for $30 million"])
def test_a_planted_figure_is_one_that_both_sentences_gave(one: str, vocabulary: Vocabulary) -> None:
    bodies = f"The mud {one} in Kesh on Friday.", f"In Kesh the mud {one} on Friday."
    hits = [hit_of(article("mail", bodies[0])), hit_of(article("wire", bodies[1]))]
    (found,) = once([*compared(hits, vocabulary), *compared(hits, vocabulary)])
    assert found.pair
    assert found.pair.kind == "agreed"
    assert planted(found, vocabulary) is True
    assert shown(found).count("<<27>>") == 2
