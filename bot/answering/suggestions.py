"""Questions that an archive can answer, made of what people say in its own articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from bot.answering.ports import Asker, Library
from bot.answers.asked import Asked
from bot.language.calendar import ENGLISH_MONTHS
from bot.speaking.speaker import Speakers
from index.records import Article, Span

PARTS = 4  # of the archive by date, each of which has a question
_ARTICLES = 6  # of each part that are read
_TRIES = 3  # questions of each part that are tried
_LEAD = 600  # characters of an article that tell its subject
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,}){0,2}\b")
_DAYS = re.compile(rf"(?:{'|'.join(ENGLISH_MONTHS)}|[a-z]+day)", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """A question that may be offered, and who is to answer it."""

    question: str
    speaker: str


def candidates_of(library: Library) -> list[list[Suggestion]]:
    """Questions about articles from all over the archive, the newest first: a list for each part of it."""
    first, total = library.newest(offset=0, limit=_ARTICLES)
    later = sorted({total * part // PARTS for part in range(1, PARTS)} - set(range(_ARTICLES)))
    parts = [first, *(library.newest(offset=offset, limit=_ARTICLES)[0] for offset in later)]
    return [list(islice(chain.from_iterable(map(_candidates, part)), _TRIES)) for part in parts]


async def suggested(asker: Asker, parts: Sequence[Sequence[Suggestion]]) -> tuple[str, ...]:
    """A question of each part that has one; each was asked, and was answered by its speaker."""
    found = [await _answered(asker, part) for part in parts]
    return tuple(dict.fromkeys(question for question in found if question))


async def _answered(asker: Asker, part: Sequence[Suggestion]) -> str | None:
    for one in part:
        answer = await asker.ask(Asked(one.question, llm=False))
        if any(sentence.speaker == one.speaker for sentence in answer.sentences):
            return one.question
    return None


def _candidates(article: Article) -> Iterator[Suggestion]:
    """What somebody who is quoted said of what the article is about: the question, and who it is."""
    speakers = Speakers(article)
    for quotation in speakers.quotations[:6]:
        speaker = speakers.of(Span(quotation.start, quotation.end))
        if speaker is None or speaker.kind != "named" or len(speaker.name.split()) < 2:
            continue
        own = set(speaker.name.split())
        names = (one[0] for one in _NAME.finditer(article.body[:_LEAD]))
        topic = next((one for one in names if not own & set(one.split()) and not _DAYS.match(one)), None)
        if topic:
            yield Suggestion(f"What did {speaker.name} say about {topic}?", speaker.name)
            return
