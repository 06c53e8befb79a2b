"""An answer or hits into what every form that is taken along is made of: lines, and quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer
from bot.answers.citation import Citation
from bot.showing.text import answer_text
from bot.showing.wording import Words, words_of
from index.records import Article, Hit


@dataclass(frozen=True)
class TakenQuote:
    """Words that are taken along: `article.body[start:end] == quote` of the article's `revision`.

    `speaker` is who says them, empty where they name them or the outlet speaks; `remark` is what a reader has
    to know before they use them, such as that they are no answer.
    """

    number: int
    article: Article
    start: int
    end: int
    quote: str
    speaker: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Taken:
    """What is taken along; `status` is "answered", a reason to abstain, or "found" for hits.

    `lines` are the answer or the refusal as plain text, a line each; empty for hits.
    """

    question: str
    status: str
    lines: tuple[str, ...]
    quotes: tuple[TakenQuote, ...]

    @property
    def articles(self) -> list[tuple[Article, list[TakenQuote]]]:
        """The articles in the order in which they are first quoted, each with its quotations."""
        by_id: dict[str, tuple[Article, list[TakenQuote]]] = {}
        for one in self.quotes:
            by_id.setdefault(one.article.id, (one.article, []))[1].append(one)
        return list(by_id.values())


def taken_answer(answer: Answer, words: Words | None = None) -> Taken:
    """An answer with its citations; of an abstention the nearest evidence, called that."""
    words = words or words_of()
    lines = tuple(answer_text(answer, words).splitlines())
    why = answer.abstention
    if why is None:
        speakers = {one.citations[0]: words.said_by(one) for one in answer.sentences}
        quotes = tuple(_quote(one, speaker=speakers.get(one.number, "")) for one in answer.citations)
        return Taken(answer.question, answer.status, lines, quotes)
    remark = words.say("formats.may_answer" if why.reason == "unsure" else "wording.nearest")
    return Taken(answer.question, why.reason, lines, tuple(_quote(one, remark=remark) for one in why.nearest))


def taken_hits(question: str, hits: Sequence[Hit]) -> Taken:
    """Hits, best first, each with its whole passage."""
    quotes = tuple(
        TakenQuote(number, hit.article, hit.passage.start, hit.passage.end, hit.passage.text)
        for number, hit in enumerate(hits, start=1)
    )
    return Taken(question, "found", (), quotes)


def _quote(citation: Citation, *, speaker: str = "", remark: str = "") -> TakenQuote:
    return TakenQuote(
        citation.number, citation.article, citation.start, citation.end, citation.quote, speaker, remark
    )
