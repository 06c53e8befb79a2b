"""Every fact that is told has its words, in every language and on the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.answers.answer import Abstention, Answer, Differing, Reason, Verdict, Voicing
from bot.answers.citation import cite
from bot.answers.notes import (
    AskedDays,
    ModelFailed,
    ModelTrouble,
    ModelTroubleKind,
    Newest,
    NoLongerSaid,
    NoModel,
    Note,
    NothingKept,
    Only,
    ReadAs,
    Respelled,
)
from bot.checking.normal import SetAside
from bot.checking.records import ChangeKind, QuoteVerdict
from bot.follows.records import FollowStatus, NewsKind, TellingKind
from bot.http.routes.page import page_words
from bot.language.words import words_of as list_of
from bot.proof.rechecking import Standing
from bot.showing.formats.claims import Claim
from bot.showing.notes import note_line
from bot.showing.refusals import refusal
from bot.showing.word_table import LANGUAGES, WordTable
from bot.showing.wording import words_of
from index.records import Article, Filters, Span

KINDS = {
    "reasons": Reason,
    "differing": Differing,
    "verdicts": Verdict,
    "voicings": Voicing,
    "troubles": ModelTroubleKind,
    "standings": Standing,
    "claims": Claim,
    "checking": QuoteVerdict,
    "set_aside": SetAside,
    "changes": ChangeKind,
    "tellings": TellingKind,
    "news": NewsKind,
    "follow_statuses": FollowStatus,
}
FAILED = ModelTrouble("status", "500")
QUAY = Article("quay", "Qwen", "qwen", outlet="The Courier", published="2020-10-19")
NOTES: tuple[Note, ...] = (
    ReadAs("Who came in 2019?"),
    AskedDays("на этой неделе", "2020-10-19", "2020-10-25"),
    Only(Filters(outlet=("The Courier",), since="2020", until="2021", as_of="2020-10-19")),
    Respelled("O'Niel", "O'Neill"),
    Newest("2020-10-19", 11),
    Newest("2020-10-19", 11, "2020-10-25", (2, 3)),
    NoLongerSaid(QUAY, taken_back=True, told=cite(QUAY, Span(0, len(QUAY.body)), number=1)),
    NoLongerSaid(QUAY, taken_back=False, told=cite(QUAY, Span(0, len(QUAY.body)), number=1)),
    NoModel(),
    ModelFailed("qwen", FAILED),
    ModelFailed("qwen", FAILED, begun=True),
    NothingKept("qwen", wrote=True),
    NothingKept("qwen", wrote=False),
)
FOREIGN = re.compile(r"qwen|Who came in 2019\?|The Courier|O'Niel|O'Neill|dateline add PATH")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", KINDS)
def test_every_kind_has_its_words_and_no_words_are_without_a_kind(section: str, language: str) -> None:
    assert set(words_of(language).section(section)) == set(get_args(KINDS[section]))


@pytest.mark.parametrize("section", ["reasons", "differing", "verdicts", "voicings", "tellings", "news"])
def test_the_page_has_the_words_of_the_table(section: str) -> None:
    assert page_words()[section] == dict(words_of().section(section))


def test_every_note_is_among_those_that_are_told_here() -> None:
    assert {type(note) for note in NOTES} == set(get_args(Note))


@pytest.mark.parametrize("note", NOTES, ids=str)
def test_a_russian_reader_is_told_every_note_in_russian(note: Note) -> None:
    told = note_line(note, words_of("ru"))
    assert re.search(r"[а-я]{3}", told)
    assert not re.search(r"[A-Za-z]{2}", FOREIGN.sub("", told))
    assert note_line(note, words_of("en")) != told


@pytest.mark.parametrize("reason", get_args(Reason))
def test_a_russian_reader_is_told_every_reason_in_russian(reason: Reason) -> None:
    for why in (Abstention(reason), Abstention("not_stated", llm="qwen", known=reason)):
        told = refusal(Answer("?", abstention=why), words_of("ru"))
        assert re.search(r"[а-я]{3}", told)
        assert not re.search(r"[A-Za-z]{2}", FOREIGN.sub("", told))


def test_two_names_respelled_at_once_are_two_notes() -> None:
    one, other = Respelled("Sergei", "Sergey"), Respelled("D'Arcy", "Darcy")
    assert note_line(one, words_of("ru")) == "«Sergei» понято как «Sergey»: так пишет архив"
    assert note_line(other, words_of("ru")) == "«D'Arcy» понято как «Darcy»: так пишет архив"
    assert note_line(other, words_of()) == "'D'Arcy' read as 'Darcy', which is how the archive spells it"


@pytest.mark.parametrize(
    ("days", "english", "russian"),
    [
        (0, "the same day", "в тот же день"),
        (1, "1 day old", "1 день назад"),
        (3, "3 days old", "3 дня назад"),
        (11, "11 days old", "11 дней назад"),
        (21, "3 weeks old", "3 недели назад"),
        (150, "5 months old", "5 месяцев назад"),
        (365 * 21, "21 years old", "21 год назад"),
        (365 * 12, "12 years old", "12 лет назад"),
    ],
)
def test_ages_are_counted_as_each_language_counts(days: int, english: str, russian: str) -> None:
    note = Newest("2020-10-19", days)
    assert note_line(note, words_of()) == f"the newest that is quoted is of 19 Oct 2020, {english}"
    assert note_line(note, words_of("ru")) == f"самое новое из процитированного: 19 окт. 2020, {russian}"


def test_a_face_may_say_one_text_of_a_section_in_its_own_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "desk" / "words"
    words.mkdir(parents=True)
    (words.parent / "__init__.py").touch()
    (words / "en.toml").write_text('[wording]\nundated = "no day"\n')
    monkeypatch.syspath_prepend(tmp_path)
    table = WordTable.load("en", ("bot.showing", "desk"))
    assert table.section("wording") == {**words_of().section("wording"), "undated": "no day"}


def test_a_language_without_a_list_is_named_with_the_file_that_lacks_it() -> None:
    with pytest.raises(KeyError, match=r"no list 'months' in calendar\.toml of words/de"):
        list_of("calendar", "months", languages=("de",))
