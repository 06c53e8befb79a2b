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
from bot.answering.standing import standing
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.answers.citation import Citation
from bot.differing.differences import Comparer
from bot.language.lexicon import load_lexicon
from bot.weighing.reading import Reading
from eval.cases import BUILT_IN, Case, load_set
from eval.studies.retrieval import has_words
from index.articles.draft import Found
from index.encoding.encoder import Encoder
from index.records import Article
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive
from index.storage.ingest import ingest

COPIES, POISONED, QUESTIONS = 50, 6, 36


@pytest.fixture
def home(seeds_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(seeds_home, tmp_path / "home")
    return tmp_path / "home"


def answers(home: Path, encoder: Encoder, cases: Sequence[Case]) -> list[Answer]:
    with Archive.open(home, encoder) as archive:
        weigher = Reading(archive, encoder)
        retriever, differ = Retriever(archive, encoder), Comparer(load_lexicon())
        line = Dateline(archive, retriever, weigher=weigher, answerer=Quoter(), differ=differ)
        return [asyncio.run(line.ask(Asked(case.question))) for case in cases]


def add(home: Path, encoder: Encoder, articles: Iterator[Article]) -> None:
    with Archive.open(home, encoder, write=True) as archive:
        report = ingest(archive, encoder, (Found(one, one.id) for one in articles))
    assert not report.refused


def shown(answer: Answer) -> Sequence[Citation]:
    return answer.abstention.nearest if answer.abstention else answer.citations


def ids_of(answer: Answer) -> set[str]:
    return {one.article.id for one in shown(answer)}


def answered_well(home: Path, encoder: Encoder) -> list[tuple[Case, Answer]]:
    """Questions that are answered with the right words, and with what."""
    cases = [one for one in load_set(BUILT_IN).cases if one.answer and not one.history]
    found = answers(home, encoder, cases[: 2 * QUESTIONS])
    good = [(one, answer) for one, answer in zip(cases, found, strict=False) if is_right(answer, one)]
    return good[:QUESTIONS]


def is_right(answer: Answer, case: Case) -> bool:
    """Whether a quotation, or what comes nearest, has the words of the answer."""
    return any(has_words(one.quote, case) for one in shown(answer))


def not_withdrawn(home: Path, encoder: Encoder, answered: Sequence[tuple[Case, Answer]]) -> list[Article]:
    """The articles that answers cite, in order, but for those of which their outlet took something back.

    That is not quoted, and so does not stand beside what somebody else makes of it.
    """
    cited = {one.article.id: one.article for _, answer in answered for one in answer.citations}
    with Archive.open(home, encoder) as archive:
        retriever = Retriever(archive, encoder)
        questions = [case.question for case, _ in answered]
        hits = [hit for one in questions for hit in standing(retriever.retrieve(one), one)]
    withdrawn = {hit.article.id for hit in hits if hit.withdrawn}
    return [article for name, article in cited.items() if name not in withdrawn]


def false_copy(article: Article, number: int) -> Article:
    """A copy with other figures and a word of its own, of an outlet of its own."""
    body = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10), article.body)
    body = re.sub(r"\b(said|says)\b", "denied", body, count=1)
    return Article(
        id=f"false-{article.id}-{number}", title=f"{article.title} ({number})",
        body=f"{body}\n\nThis is edition {number} of the Mill.", outlet=f"The Mill {number}",
        published=article.published, url=f"https://mill{number}.example/{article.id}",
    )  # fmt: skip


def original_of(name: str) -> str:
    """The id of the article of which one is a false copy, or its own."""
    return name.removeprefix("false-").rpartition("-")[0] if name.startswith("false-") else name


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
    poisoned = {one.id: one for one in not_withdrawn(home, encoder, before)[:POISONED]}
    add(home, encoder, (false_copy(one, number) for one in poisoned.values() for number in range(COPIES)))
    after = answers(home, encoder, [case for case, _ in before])
    alone, left_out, silent, copied, counted = [], [], 0, 0, 0
    for (case, honest), answer in zip(before, after, strict=True):
        false = [
            (one, poisoned[original_of(one.article.id)])
            for one in shown(answer)
            if one.article.id.startswith("false-")
        ]
        told = {original.id for _, original in false}
        unsaid = [(one.quote, original) for one, original in false if one.quote not in original.body]
        alone += [(case.question, quote) for quote, of in unsaid if of.id not in ids_of(answer)]
        assert len(told) == len({one.article.id for one, _ in false}) or answer.differences
        counted += len(answer.origins) > len({original_of(one.article.id) for one in answer.citations})
        left_out += [] if is_right(answer, case) else [case.question]
        silent += answer.abstention is not None and honest.abstention is None
        copied += bool({one.article.id for one in honest.citations} & set(poisoned) - ids_of(answer))
    figure(
        f"{COPIES} near copies with other figures of {len(poisoned)} reports each, {len(before)} questions:"
        f" {len(alone)} times false words stand alone, {counted} times a copy is an origin; what is right"
        f" left out {len(left_out)} times, quoted from a copy {copied} times, only the nearest {silent} times"
    )
    assert alone == []
    assert counted == 0
    assert left_out == []


@pytest.mark.soak
def test_a_text_stuffed_with_the_question_is_no_answer(
    home: Path, encoder: Encoder, figure: Callable[[str], None]
) -> None:
    before = answered_well(home, encoder)
    add(home, encoder, (stuffed(case.question, n) for case, _ in before for n in range(4)))
    after = answers(home, encoder, [case for case, _ in before])
    taken = [
        case.question
        for (case, _), answer in zip(before, after, strict=True)
        if any(one.article.id.startswith("stuffed-") for one in answer.citations)
    ]
    lost = [case.question for (case, _), one in zip(before, after, strict=True) if not is_right(one, case)]
    figure(
        f"{4 * len(before)} stuffed texts, {len(before)} questions: {len(taken)} answered by one of them,"
        f" the right words left out {len(lost)} times"
    )
    assert taken == []
    assert lost == []
