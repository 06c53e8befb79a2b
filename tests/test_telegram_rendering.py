"""Answers into messages: generated ones, hostile ones, and the ones that people read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from generated_answers import answers
from http_fakes import HARBOUR, HOSTILE, RIVAL, nearest_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram_rules import check_markup, tappable, words

from bot.answers.answer import (
    Abstention,
    Answer,
    Cell,
    Correction,
    DatedWords,
    Difference,
    Differing,
    Later,
    Sentence,
)
from bot.answers.citation import Citation, cite
from bot.showing.word_table import LANGUAGES, WordTable
from bot.speaking.speaker import UNCLEAR
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.messages.rendering import (
    answer_reply,
    differences_reply,
    nearest_reply,
    opened_reply,
    sides_reply,
    surroundings,
    title,
)
from bot.telegram.messages.replies import Reply, RoomMessage, messages
from index.canonical import one_line
from index.records import Article, Filters, Span

DICTIONARY = Dictionary()
MANY = 10_000
ENGLISH, RUSSIAN = DICTIONARY.of("en"), DICTIONARY.of("ru-RU")


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2068\u2069]", "", text)


def as_shown(reply: Reply) -> list[RoomMessage]:
    """The messages of a reply, each of which the Bot API takes, and in none of which anything is tapped."""
    shown = list(messages(reply))
    for message in shown:
        said = words({"text": message.text, "entities": json.dumps(list(message.entities))})
        assert tappable(said) == []
        rows = [[{"text": one.label, "callback_data": one.data} for one in row] for row in message.buttons]
        check_markup({"reply_markup": json.dumps({"inline_keyboard": rows})} if rows else {})
    return shown


def check(answer: Answer, number: int) -> int:
    """Check an answer in every language; how many messages that made."""
    made = 0
    for language in LANGUAGES:
        shown = as_shown(answer_reply(answer, DICTIONARY.of(language), number=number))
        text = squeezed("".join(message.text for message in shown))
        data = [button.data for message in shown for row in message.buttons for button in row]
        for sentence in answer.sentences:
            assert squeezed(sentence.text) in text
        for citation in answer.citations:
            assert f"[{citation.number}]" in text
            assert squeezed(one_line(citation.article.title) or citation.article.id) in text
            assert f"open:{number}:{citation.number}" in data
        assert {f"up:{number}", f"down:{number}"} <= set(data)
        made += len(shown)
    return made


@given(answers(), st.integers(1, 2**31))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_answer_breaks_a_rule_or_loses_a_word_or_a_citation(answer: Answer, number: int) -> None:
    check(answer, number)


@pytest.mark.soak
def test_ten_thousand_answers(figure: Callable[[str], None], many: Callable[[int], int]) -> None:
    made: list[int] = []

    @given(answers(), st.integers(1, 2**31))
    @settings(max_examples=many(MANY), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def each(answer: Answer, number: int) -> None:
        made.append(check(answer, number))

    each()
    figure(
        f"{len(made):,} answers in two languages, {sum(made):,} messages: none refused, "
        "none over-long, no word and no citation lost, nothing to tap"
    )
    assert len(made) >= many(MANY)


def citation(article: Article, quoted: str, number: int = 1) -> Citation:
    start = article.body.index(quoted)
    return cite(article, Span(start, start + len(quoted)), number=number)


def test_a_block_holds_the_exact_words_of_the_article() -> None:
    cited = citation(HARBOUR, "“We lost four cranes,” said mayor Ada Lind.")
    said = Sentence(cited.quote, (1,), "quoted", "Ada Lind", "mayor", ("Morning Rival",))
    (message,) = as_shown(answer_reply(Answer("Who?", (said,), (cited,)), ENGLISH, number=5))
    checked = words({"text": message.text, "entities": json.dumps(list(message.entities))})
    assert checked.of("blockquote") == [cited.quote]
    assert checked.of("text_link") == [HARBOUR.title]
    assert f"{ENGLISH.lead(said, cited)} [1]" in message.text


def test_the_words_that_answer_stand_out_in_their_sentence() -> None:
    cited = citation(HARBOUR, "The harbour reopened at noon on Monday.")
    at = cited.quote.index("noon")
    said = Sentence(cited.quote, (1,), "quoted", short=Span(at, at + len("noon")))
    (message,) = as_shown(answer_reply(Answer("When?", (said,), (cited,)), ENGLISH, number=5))
    checked = words({"text": message.text, "entities": json.dumps(list(message.entities))})
    assert checked.of("blockquote") == [cited.quote]
    assert "noon" in checked.of("bold")


@pytest.mark.parametrize(
    ("first", "last", "exact", "english", "russian"),
    [
        ("2020-10-12", "2020-10-12", True, "12 Oct 2020", "12 окт. 2020"),
        ("2020-10-05", "2020-10-11", True, "5 to 11 Oct 2020", "5–11 окт. 2020"),
        ("2020-09-28", "2020-10-04", True, "28 Sep 2020 to 4 Oct 2020", "28 сен. 2020 – 4 окт. 2020"),
        ("2020-09-01", "2020-09-30", False, "about Sep 2020", "около сен. 2020"),
        ("2019-01-01", "2019-12-31", True, "2019", "2019"),
    ],
)
def test_what_a_relative_date_means_stands_under_the_quotation_and_not_in_it(
    first: str, last: str, exact: bool, english: str, russian: str
) -> None:
    emoji = replace(HARBOUR, body="⚓️🌊 It reopened on Monday, see evil.example on Monday.")
    cited = citation(emoji, emoji.body)
    at = emoji.body.index("on Monday")
    dated = tuple(
        DatedWords(1, start, start + 9, first, last, exact) for start in (at, emoji.body.rindex("on Monday"))
    )
    said = Sentence(cited.quote, (1,), "quoted")
    answer = Answer("When?", (said,), (cited,), dates=dated)
    for language, days in ((ENGLISH, f"“on Monday”: {english}"), (RUSSIAN, f"«on Monday»: {russian}")):
        (message,) = as_shown(answer_reply(answer, language, number=5))
        checked = words({"text": message.text, "entities": json.dumps(list(message.entities))})
        assert checked.of("blockquote") == [cited.quote]
        assert days in checked.of("italic")
        assert f"{cited.quote}\n{days}\n\n" in message.text


def test_a_correction_of_a_cited_article_stands_under_the_answer() -> None:
    note = "Correction: An earlier version said /start@evil_bot. It was nine."
    article = replace(HARBOUR, body=f"{HARBOUR.body}\n\n{note}")
    cited = citation(article, "The harbour reopened at noon on Monday.")
    start = article.body.index(note)
    found = Correction(1, start, start + len(note))
    answer = Answer("When?", (Sentence(cited.quote, (1,), "quoted"),), (cited,), corrections=(found,))
    for language, lead in ((ENGLISH, ", carries a correction [1]"), (RUSSIAN, ": поправка [1]")):
        (message,) = as_shown(answer_reply(answer, language, number=5))
        checked = words({"text": message.text, "entities": json.dumps(list(message.entities))})
        assert checked.of("blockquote") == [cited.quote, note]
        assert lead in message.text


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("figure", "Outlets differ"),
        ("wording", "Outlets differ"),
        ("update", "Outlets side by side"),
        ("agreed", "Outlets side by side"),
    ],
)
def test_outlets_differ_where_the_answer_says_so(kind: Differing, label: str) -> None:
    here, there = "Some 1,960 came.", "They were 2,000."
    cited = [
        citation(replace(HARBOUR, body=here), here, 1),
        citation(replace(RIVAL, body=there), there, 2),
    ]
    said = Sentence(cited[0].quote, (1,), "quoted")
    found = Difference(kind, (Cell(1, 5, 10), Cell(2, 10, 15)))
    answer = Answer("How many?", (said,), tuple(cited), differences=(found,))
    (message,) = as_shown(answer_reply(answer, ENGLISH, number=5))
    assert label in [button.label for row in message.buttons for button in row]

    (message,) = as_shown(differences_reply([found], cited, ENGLISH, number=5))
    checked = words({"text": message.text, "entities": json.dumps(list(message.entities))})
    assert checked.of("blockquote") == [here, there]
    assert {"1,960", "2,000"} <= set(checked.of("bold"))
    assert not differences_reply([found], cited[:1], ENGLISH, number=5).text


def test_a_written_sentence_is_no_quotation_and_says_who_wrote_it() -> None:
    cited = [
        citation(HARBOUR, "The harbour reopened at noon on Monday.", 1),
        citation(RIVAL, "Three cranes were lost.", 2),
    ]
    said = Sentence("The harbour reopened on Monday after three cranes were lost.", (1, 2), "shortened")
    answer = Answer("When?", (said,), tuple(cited), llm="a-model")
    (message,) = as_shown(answer_reply(answer, ENGLISH, number=5))
    checked = words({"text": message.text, "entities": json.dumps(list(message.entities))})
    assert message.text.startswith(f"✓ Sure\n\n{said.text} [1][2]")
    assert checked.of("blockquote") == [one.quote for one in cited]
    assert message.text.endswith("Chosen by a-model; the quotations were proved to be the articles' words.")


def test_hostile_articles_do_nothing() -> None:
    cited = citation(HOSTILE, HOSTILE.body)
    for reply in (
        answer_reply(Answer("?", (Sentence(cited.quote, (1,), "quoted"),), (cited,)), RUSSIAN, number=5),
        opened_reply(cited, ENGLISH, current=True),
        nearest_reply([cited], ENGLISH, number=5),
        sides_reply([cited], RUSSIAN, number=5),
    ):
        (message,) = as_shown(reply)
        assert "\u202e" not in message.text.replace(cited.quote, "")
        assert not any(one["type"] == "text_link" for one in message.entities)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://a.example",
        "https://",
        "https://a@evil.example/",
        "https://bank.example@evil.example/x",
        "http://localhost/x",
        "x",
    ],
)
def test_an_address_that_is_none_becomes_no_link(url: str) -> None:
    assert [mark.kind for mark in title(replace(HARBOUR, url=url)).marks] == ["italic"]


def test_an_address_keeps_its_letters() -> None:
    (mark,) = title(replace(HARBOUR, url="https://a.example/путь?q=1&r=(2)")).marks
    assert mark.url == "https://a.example/%D0%BF%D1%83%D1%82%D1%8C?q=1&r=%282%29"


def test_an_opened_citation_stands_between_its_neighbours() -> None:
    cited = citation(HARBOUR, "The harbour reopened at noon on Monday.")
    assert surroundings(cited) == (
        "“We lost four cranes,” said mayor Ada Lind.",
        "Ferries run again from Tuesday.",
    )
    part = citation(HARBOUR, "reopened at noon")
    assert surroundings(part)[0].endswith("Ada Lind. The harbour")
    assert surroundings(part)[1].startswith("on Monday.")


def test_a_russian_reader_gets_russian_words_around_the_quotation() -> None:
    cited = citation(RIVAL, "Three cranes were lost.")
    said = Sentence(cited.quote, (1,), "quoted", UNCLEAR)
    answer = Answer("?", (said,), (cited,), filters=Filters(outlet=("Morning Rival",), since="2020-10-10"))
    (message,) = as_shown(answer_reply(answer, RUSSIAN, number=5))
    assert "(Только статьи издания Morning Rival, с 10 окт. 2020.)" in message.text
    assert "Чьи это слова, неясно; Morning Rival, 20 окт. 2020 [1]" in message.text


def test_what_may_answer_is_shown_at_once_with_its_likely_words_bold() -> None:
    start = RIVAL.body.index("Three cranes")
    closest = nearest_of(RIVAL, Span(start, len(RIVAL.body)), short=Span(0, 12))
    answer = Answer("How many?", abstention=Abstention("unsure", nearest=(closest,)))
    for language, head in (
        (ENGLISH, "? Not sure. Closest in the archive:"),
        (RUSSIAN, "? Не уверен. Ближайшее в архиве:"),
    ):
        (message,) = as_shown(answer_reply(answer, language, number=5))
        checked = words({"text": message.text, "entities": json.dumps(list(message.entities))})
        assert message.text.startswith(head)
        assert checked.of("blockquote") == [closest.quote]
        assert "Three cranes" in checked.of("bold")
        assert [row[0].data for row in message.buttons] == ["open:5:1", "up:5"]


def test_what_only_comes_near_is_behind_a_button() -> None:
    answer = Answer("Who?", abstention=Abstention("not_stated", nearest=(nearest_of(RIVAL, Span(0, 20)),)))
    (message,) = as_shown(answer_reply(answer, ENGLISH, number=5))
    assert message.text == "– Not there\nNothing in the archive answers this."
    assert [row[0].data for row in message.buttons] == ["nearest:5", "up:5"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_takes_the_same_values_in_every_language(language: str) -> None:
    assert _values(DICTIONARY.of(language)) == _values(ENGLISH)


def test_every_text_of_a_russian_reader_is_russian() -> None:
    """No word of another script but names, commands and what is typed as it stands."""
    typed = re.compile(r"\{\w+\}|/\w+(?: (?:on|off)\b)?|«(?:on|off)»|\boff\b|ABCD-EFGH|Dateline|UTC")
    others = {
        name: text
        for name, text in _texts(RUSSIAN).items()
        if re.search(r"[A-Za-z]{2}", typed.sub("", text)) or not re.search(r"[а-яё]|\{", text)
    }
    assert others == {}


def test_a_later_report_stands_as_a_quotation_and_an_answer_says_how_sure_it_is() -> None:
    first, then = (
        citation(HARBOUR, "“We lost four cranes,” said mayor Ada Lind."),
        citation(RIVAL, "Three", 2),
    )
    said = Sentence(first.quote, (1,), "quoted")
    answer = Answer("Who?", (said,), (first, then), later=(Later(2, 1), Later(2, 1, retracts=True)))
    for language, sure, later, back in (
        (
            ENGLISH,
            "✓ Sure",
            "The same story, later ([1]): Morning Rival",
            "Taken back later ([1]): Morning Rival",
        ),
        (RUSSIAN, "✓ Уверенно", "Та же история, позже ([1]): Morning", "Позже отозвано ([1]): Morning Rival"),
    ):
        (message,) = as_shown(answer_reply(answer, language, number=5))
        checked = words({"text": message.text, "entities": json.dumps(list(message.entities))})
        assert message.text.startswith(f"{sure}\n\n")
        assert checked.of("blockquote") == [first.quote, "Three", "Three"]
        assert later in message.text
        assert back in message.text


def _texts(table: WordTable) -> dict[str, str]:
    """Every text, and every form of one, by its section and name."""
    return {
        f"{section}.{name} {number}": str(form)
        for section, texts in table.table.items()
        if isinstance(texts, dict)
        for name, text in texts.items()
        for number, form in enumerate(text if isinstance(text, list) else [text])
    }


def _values(table: WordTable) -> dict[tuple[str, str], set[str]]:
    """What each text is filled in with, by its section and name."""
    return {
        (section, name): set(re.findall(r"\{\w+\}", str(text)))
        for section, texts in table.table.items()
        if isinstance(texts, dict)
        for name, text in texts.items()
    }
