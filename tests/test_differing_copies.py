"""What copies of a cited article have in other words, through a real archive: one origin, proved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from asking_fakes import told as text_of

from bot.answering.asking import Dateline
from bot.answers.answer import Answer, Difference
from bot.answers.asked import Asked
from bot.assemble import answering
from bot.differing.copied import changes
from bot.differing.reports import is_remake
from bot.language.lexicon import load_lexicon
from bot.language.sentence import NewsSentence
from bot.language.vocabulary import Vocabulary, load_vocabulary
from bot.showing.json import answer_body
from bot.showing.wording import words_of
from index.articles.draft import Found
from index.encoding.encoder import Encoder
from index.records import Article, Filters, Span
from index.storage.archive import Archive
from index.storage.ingest import ingest

WIRE = Article(
    "wire",
    "Mud over Kesh",
    "A dam of mining waste burst above the town of Kesh on Wednesday. The mudflow killed 27 people in Kesh,"
    " the governor said. Belorian troops took control of the Altyn mine, which did not warn the town.\n\n"
    "Soldiers and miners were digging with their hands because machines sank in the mud. A baker had run to"
    " the roof of his shop with two customers and saw the school bus go by. Hospitals in Karsak treated those"
    " who were brought down from the lower streets, and water from the river must not be drunk for a week.",
    outlet="Steppe Wire",
    agency="Steppe Wire",
    published="2019-04-10T15:45",
)
DEAD = "How many people did the mudflow in Kesh kill?"
MINE = "Who took control of the Altyn mine?"


@contextmanager
def asked_of(articles: Sequence[Article], encoder: Encoder, home: Path) -> Iterator[tuple[Archive, Dateline]]:
    with Archive.open(home, encoder, write=True) as archive:
        ingest(archive, encoder, [Found(one, one.id, ()) for one in articles])
        yield archive, answering(archive, encoder, hits=12)


def copy(name: str, *edits: tuple[str, str], published: str = "2019-04-11T08:00") -> Article:
    body = WIRE.body
    for old, new in edits:
        assert old in body
        body = body.replace(old, new)
    return replace(WIRE, id=name, body=body, outlet=f"The {name.title()}", published=published)


def ask(dateline: Dateline, question: str, filters: Filters | None = None) -> Answer:
    answer = asyncio.run(dateline.ask(Asked(question, filters or Filters())))
    assert answer.status == "answered"
    return answer


def words(answer: Answer, difference: Difference) -> set[str]:
    """The words of each cell, as they stand within the quote of a proved citation."""
    by_number = {one.number: one for one in answer.citations}
    found = set()
    for cell in difference.cells:
        citation = by_number[cell.citation]
        assert citation.start <= cell.start < cell.end <= citation.end
        assert citation.article.body[citation.start : citation.end] == citation.quote
        found.add(citation.article.body[cell.start : cell.end])
    return found


@pytest.mark.parametrize(
    ("question", "edit", "told"),
    [
        (DEAD, ("27 people", "72 people"), {"27", "72"}),
        (DEAD, ("in Kesh, the", "in Orun, the"), {"Kesh", "Orun"}),
        (MINE, ("took control of", "liberated"), {"took control of", "liberated"}),
        (MINE, ("which did not warn", "which did warn"), {"did not warn", "did warn"}),
        (DEAD, ("killed 27", "reportedly killed 27"), {"mudflow killed", "mudflow reportedly killed"}),
    ],
)
def test_what_a_copy_changed_stands_beside_the_answer(
    question: str, edit: tuple[str, str], told: set[str], encoder: Encoder, tmp_path: Path
) -> None:
    with asked_of([WIRE, copy("courier", edit)], encoder, tmp_path) as (_, dateline):
        answer = ask(dateline, question)
    (difference,) = answer.differences
    assert (difference.kind, words(answer, difference)) == ("copy", told)
    assert len(answer.origins) == 1
    assert "2 outlets, 1 origin (Steppe Wire)" in text_of(answer)
    assert words_of().difference(difference, answer.citations).startswith("One origin, copies differ: ")
    assert words_of().difference(difference, answer.citations) in text_of(answer)
    cells = answer_body(answer).model_dump(mode="json")["differences"][0]["cells"]
    assert {one["text"] for one in cells} == told


@pytest.mark.parametrize(
    "edit",
    [
        ("27 people", "twenty-seven people"),
        ("The mudflow", "THE MUDFLOW"),
        ("the governor said", "the governor told reporters"),
        ("The mudflow killed", "KARSAK (Steppe Wire) – The mudflow killed"),
        ("the governor said.", "the governor said. (Steppe Wire/dk)"),
        ("A dam of mining waste", "Note: this story is shortened. A dam of mining waste"),
    ],
)
def test_dress_and_house_style_are_no_difference(
    edit: tuple[str, str], encoder: Encoder, tmp_path: Path
) -> None:
    with asked_of([WIRE, copy("courier", edit)], encoder, tmp_path) as (archive, dateline):
        assert archive.copies_of("wire")
        assert not ask(dateline, DEAD).differences


def test_two_copies_with_other_changes_are_all_told_and_are_one_origin(
    encoder: Encoder, tmp_path: Path
) -> None:
    changed = [copy("courier", ("27 people", "72 people")), copy("post", ("27 people", "22 people"))]
    with asked_of([WIRE, *changed, copy("same")], encoder, tmp_path) as (_, dateline):
        answer = ask(dateline, DEAD)
    (difference,) = answer.differences
    assert words(answer, difference) == {"27", "72", "22"}
    assert [len(one.outlets) for one in answer.origins] == [4]


def test_a_removed_copy_is_told_no_more(encoder: Encoder, tmp_path: Path) -> None:
    with asked_of([WIRE, copy("courier", ("27 people", "72 people"))], encoder, tmp_path) as (
        archive,
        dateline,
    ):
        assert ask(dateline, DEAD).differences
        archive.remove("courier")
        answer = ask(dateline, DEAD)
    assert not answer.differences
    assert [one.article.id for one in answer.citations] == ["wire"]


def test_a_copy_of_after_the_day_that_is_asked_for_is_not_shown(encoder: Encoder, tmp_path: Path) -> None:
    with asked_of([WIRE, copy("courier", ("27 people", "72 people"))], encoder, tmp_path) as (_, dateline):
        assert not ask(dateline, DEAD, Filters(as_of="2019-04-10")).differences


def test_next_years_remake_of_a_text_does_not_differ_from_it(encoder: Encoder, tmp_path: Path) -> None:
    edits = ("27 people", "72 people"), ("on Wednesday", "on Saturday")
    texts = [WIRE, copy("courier", *edits, published="2020-04-11")]
    more = (
        " The dam was built by miners from Karsak and held back all that the mine had washed out of its ore."
    )
    texts = [replace(one, body=one.body + more) for one in texts]
    with asked_of(texts, encoder, tmp_path) as (archive, dateline):
        assert archive.copies_of("wire")
        assert not ask(dateline, DEAD).differences


@pytest.mark.parametrize("published", ["2019-06-15", "1999-01-01", "2099-12-31"])
def test_a_copy_with_a_false_figure_is_told_whatever_day_it_bears(
    published: str, encoder: Encoder, tmp_path: Path
) -> None:
    false = copy("courier", ("27 people", "72 people"), published=published)
    with asked_of([WIRE, false], encoder, tmp_path) as (_, dateline):
        answer = ask(dateline, DEAD)
    (difference,) = answer.differences
    assert (difference.kind, words(answer, difference)) == ("copy", {"27", "72"})


FAIR = "The fair opened on Saturday, 4 May 2019, with 300 stalls. It was founded in 1902 in Kesh."


@pytest.mark.parametrize(
    ("other", "remade"),
    [
        (FAIR.replace("300", "12"), False),
        (FAIR.replace("300", "12").replace("4 May", "May 4th"), False),
        (FAIR.replace("300", "12").replace("Saturday, 4 May 2019", "Saturday"), False),
        (FAIR.replace("300", "12").replace("Saturday", "Sunday"), False),
        (FAIR.replace("Saturday, 4 May 2019", "Saturday, 2 May 2020"), True),
        (FAIR.replace("300", "12").replace("opened on Saturday, 4 May 2019", "opened"), False),
        ("Ярмарка открылась в субботу, 2 мая 2020 года.", True),
        ("The fair opened with 12 stalls.", False),
    ],
)
def test_a_remake_has_other_days_at_least_as_many_as_it_shares(other: str, remade: bool) -> None:
    assert is_remake(Article("a", "T", FAIR), Article("b", "T", other)) == remade


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(load_lexicon())


def _sentence(text: str, vocabulary: Vocabulary) -> NewsSentence:
    return NewsSentence(Article("a", "Title", text), Span(0, len(text)), vocabulary)


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        ("Kesh lost 12 men on Monday.", "Kesh lost 12 men on Tuesday.", [("name", "Monday", "Tuesday")]),
        (
            "Lavrov met the third man in Kesh.",
            "Mr Lavrov met the fifth man in Kesh.",
            [("figure", "third", "fifth")],
        ),
        ("Sergey Lavrov spoke in Nagorno Ossar.", "Sergei Lavrov spoke in Nagorny Ossar.", []),
        ("The United Nations sent six ships to Kesh.", "The U.N. sent 6 ships to Kesh.", []),
        (
            "Ada Cross became the first judge of Kesh.",
            "Ada Cross not only became the first judge of Kesh.",
            [],
        ),
        ("Always wear boots in the mud of Kesh now.", "Thus wear boots in the mud of Kesh now.", []),
        (
            "She missed several games of Kesh this year.",
            "She missed at least five games of Kesh this year.",
            [],
        ),
        ("The centre of Kesh lies in ruins now.", "The center of Kesh lies in ruins now.", []),
        ("The shop of the baker was burned down.", "Nobody knows what will become of it in May.", []),
        (
            "Two boys were hurt by the blast in Kesh.",
            "Two boys were killed by the blast in Kesh.",
            [("word", "hurt", "killed")],
        ),
    ],
)
def test_only_what_changes_the_sense_is_a_change(
    here: str, there: str, found: list[tuple[str, str, str]], vocabulary: Vocabulary
) -> None:
    told = [
        (one.sort, here[one.here.start : one.here.end], there[one.there.start : one.there.end])
        for one in changes(*(_sentence(text, vocabulary) for text in (here, there)))
    ]
    assert told == found
