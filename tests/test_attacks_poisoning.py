"""An archive that somebody has filled up: near copies of a false report, texts stuffed with the question."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.answering.asking import Dateline
from bot.answering.quoting import Quoter
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.answers.citation import Citation
from bot.differing.differences import Comparer
from bot.language.lexicon import load_lexicon
from bot.weighing.reading import Reading
from eval.cases import BUILT_IN, load_set
from index.articles.draft import Found
from index.encoding.encoder import Encoder
from index.records import Article
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive
from index.storage.ingest import ingest

COPIES, QUESTIONS = 50, 12
# Of the questions, those of which an article may be left out: how rare a word is counts copies. Counted by
# origin none is left out, but a copy's sentence, with another day in it, is quoted third for one question.
LEFT_OUT = 2


@pytest.fixture
def home(seeds_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(seeds_home, tmp_path / "home")
    return tmp_path / "home"


def answers(home: Path, encoder: Encoder, questions: Sequence[str]) -> list[Answer]:
    with Archive.open(home, encoder) as archive:
        weigher = Reading(archive, encoder)
        retriever, differ = Retriever(archive, encoder), Comparer(load_lexicon())
        line = Dateline(archive, retriever, weigher=weigher, answerer=Quoter(), differ=differ)
        return [asyncio.run(line.ask(Asked(question))) for question in questions]


def add(home: Path, encoder: Encoder, articles: Iterator[Article]) -> None:
    with Archive.open(home, encoder, write=True) as archive:
        report = ingest(archive, encoder, (Found(one, one.id) for one in articles))
    assert not report.refused


def shown(answer: Answer) -> Sequence[Citation]:
    return answer.abstention.nearest if answer.abstention else answer.citations


def ids_of(answer: Answer) -> set[str]:
    return {one.article.id for one in shown(answer)}


def answered_well(home: Path, encoder: Encoder) -> list[tuple[str, Answer]]:
    """Questions with an answer that cites an article in which it stands, and what is answered before."""
    cases = [one for one in load_set(BUILT_IN).cases if one.answer and not one.history]
    found = answers(home, encoder, [one.question for one in cases[:60]])
    good = [(one.question, answer) for one, answer in zip(cases, found, strict=False) if answer.citations]
    return good[:QUESTIONS]


def false_copy(article: Article, number: int) -> Article:
    """A copy with other figures and a word of its own, of an outlet of its own."""
    body = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10), article.body)
    body = re.sub(r"\b(said|says)\b", "denied", body, count=1)
    return Article(
        id=f"false-{article.id}-{number}", title=f"{article.title} ({number})",
        body=f"{body}\n\nThis is edition {number} of the Mill.", outlet=f"The Mill {number}",
        published=article.published, url=f"https://mill{number}.example/{article.id}",
    )  # fmt: skip


def stuffed(question: str, number: int) -> Article:
    words = " ".join(re.findall(r"\w+", question))
    return Article(
        id=f"stuffed-{abs(hash(question)) % 10**9}-{number}", title=question,
        body=f"{question} " * 30 + f"{words}. " * 30 + f"\n\nBuy our watches, offer {number}.",
        outlet=f"Watches {number}", published="2020-10-20",
    )  # fmt: skip


@pytest.mark.soak
def test_near_copies_are_one_origin_and_do_not_push_out_what_is_true(
    home: Path, encoder: Encoder, figure: Callable[[str], None]
) -> None:
    before = answered_well(home, encoder)
    cited = {one.article.id: one.article for _, answer in before for one in answer.citations}
    poisoned = {one.id: one for one in list(cited.values())[:3]}
    add(home, encoder, (false_copy(one, number) for one in poisoned.values() for number in range(COPIES)))
    after = answers(home, encoder, [question for question, _ in before])
    alone, left_out, silent = [], [], 0
    for (question, honest), answer in zip(before, after, strict=True):
        false = {one.article.id for one in shown(answer) if one.article.id.startswith("false-")}
        beside = {one.article.id for one in answer.citations}
        for one in shown(answer):
            if one.article.id in false:
                original = poisoned[one.article.id.removeprefix("false-").rpartition("-")[0]]
                if one.quote not in original.body and original.id not in beside:
                    alone.append((question, one.quote))
        assert len(false) <= 1 or answer.differences
        assert len(answer.origins) <= max(len(honest.origins), 2)
        left_out += [question] if {one.article.id for one in honest.citations} - ids_of(answer) else []
        silent += answer.abstention is not None
    figure(
        f"{COPIES} near copies with other figures of {len(poisoned)} reports each, {len(before)} questions:"
        f" {len(alone)} times false words stand alone, counted as more than one origin 0 times; what is true"
        f" left out {len(left_out)} times, {silent} more abstained, with it as the nearest"
    )
    assert alone == []
    assert len(left_out) <= LEFT_OUT


@pytest.mark.soak
def test_a_text_stuffed_with_the_question_is_no_answer(
    home: Path, encoder: Encoder, figure: Callable[[str], None]
) -> None:
    before = answered_well(home, encoder)
    add(home, encoder, (stuffed(question, number) for question, _ in before for number in range(4)))
    after = answers(home, encoder, [question for question, _ in before])
    taken = [
        question
        for (question, _), answer in zip(before, after, strict=True)
        if any(one.article.id.startswith("stuffed-") for one in answer.citations)
    ]
    lost = [
        question
        for (question, answer), poison in zip(before, after, strict=True)
        if not {one.article.id for one in answer.citations} & ids_of(poison)
    ]
    figure(
        f"{4 * len(before)} stuffed texts, {len(before)} questions: {len(taken)} answered by one of them,"
        f" what is true left out {len(lost)} times"
    )
    assert taken == []
    assert len(lost) <= 1
