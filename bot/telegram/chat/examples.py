"""An archive into questions that it answers, for /start: what the people in its newest articles said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence

from bot.answering.ports import Asker, Library
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.speaking.speaker import Speakers
from index.errors import DatelineError
from index.records import Article, Span
from index.sentences import sentence_spans

LOG = logging.getLogger("dateline.telegram")

_MOST = 3
_ARTICLES = 30
_TRIED = 12
_LONGEST = 60  # characters: what fits on a button
_TELLING = 40  # characters of a sentence that is worth showing: "She agreed." is not


class Examples:
    """Questions to begin with; each was asked and answered before it is offered."""

    def __init__(self, given: Sequence[str]) -> None:
        self.found: tuple[str, ...] = tuple(given)[:_MOST]

    async def find(self, asker: Asker, library: Library) -> None:
        """Find some, unless the settings name some."""
        if self.found:
            return
        try:
            articles, _ = await asyncio.to_thread(library.newest, offset=0, limit=_ARTICLES)
            tried = await asyncio.to_thread(lambda: list(_questions(articles)))
            found: list[str] = []
            for question in tried[:_TRIED]:
                if len(found) < _MOST and await _is_answered(question, asker):
                    found.append(question)
            self.found = tuple(found)
        except DatelineError as exc:
            LOG.warning("no example questions: %s", exc)


def _questions(articles: Sequence[Article]) -> Iterator[str]:
    """One question a person, such as "What did Ada Lind say?", of the newest articles first."""
    seen: set[str] = set()
    for article in articles:
        for name in _speakers(article):
            question = f"What did {name} say?"
            last = name.split()[-1].casefold()
            if last not in seen and len(question) <= _LONGEST:
                seen.add(last)
                yield question


def _speakers(article: Article) -> Iterator[str]:
    """The named people who speak in an article, in order."""
    speakers = Speakers(article)
    for span in sentence_spans(article.body, language=article.language):
        speaker = speakers.of(Span(*span))
        if speaker and speaker.kind == "named" and len(speaker.name.split()) > 1 and ";" not in speaker.name:
            yield speaker.name


async def _is_answered(question: str, asker: Asker) -> bool:
    answered = False
    async for step in asker.steps(Asked(question)):
        answered = isinstance(step, Answer) and any(len(one.text) >= _TELLING for one in step.sentences[:1])
    return answered
