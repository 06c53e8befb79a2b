"""Questions that an archive can answer, made of what people say in its own articles."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from bot.answering.ports import Asker, Library
from bot.answers.asked import Asked
from bot.language.calendar import ENGLISH_MONTHS
from bot.speaking.speaker import Speakers
from index.records import Article, Span

PARTS = 4  # of the archive by date, each of which has a question
_ARTICLES = 6  # of each part that may be read
_TRIES = 3  # questions of each part that are tried
_QUOTATIONS = 6  # of an article that are looked at
_LONGEST = 12_000  # characters of a body that is read: in longer ones it takes long to tell who speaks
_BEFORE = 300  # characters before what is said that tell what it is about
_NAME = re.compile(r"(?<=[a-z,] )(?=\w{4}|\w+ [A-Z])[A-Z]\w{2,}(?: [A-Z]\w{2,}){0,2}\b")
_DAYS = re.compile(rf"(?:{'|'.join(ENGLISH_MONTHS)}|[a-z]+day)", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """A question that may be offered, and who is to answer it."""

    question: str
    speaker: str


def candidates_of(library: Library) -> Iterator[list[Suggestion]]:
    """Questions about articles from all over the archive, the newest first: a list for each part of it.

    A part is read when it is asked for: to tell who speaks takes up to a tenth of a second an article.
    """
    first, total = library.newest(offset=0, limit=_ARTICLES)
    later = sorted({total * part // PARTS for part in range(1, PARTS)} - set(range(_ARTICLES)))
    parts = chain([first], (library.newest(offset=offset, limit=_ARTICLES)[0] for offset in later))
    for part in parts:
        read = (one for one in part if len(one.body) <= _LONGEST)
        yield list(islice(dict.fromkeys(chain.from_iterable(map(_candidates, read))), _TRIES))


async def suggested(asker: Asker, part: list[Suggestion]) -> AsyncIterator[str]:
    """The question of a part that was asked and answered by its speaker, if there is one."""
    for one in part:
        answer = await asker.ask(Asked(one.question, llm=False))
        if any(sentence.speaker == one.speaker for sentence in answer.sentences):
            yield one.question
            return


def _candidates(article: Article) -> Iterator[Suggestion]:
    """What somebody who is quoted said of what stands nearest before it: the question, and who it is."""
    speakers = Speakers(article)
    for quotation in speakers.quotations[:_QUOTATIONS]:
        speaker = speakers.of(Span(quotation.start, quotation.end))
        if speaker is None or speaker.kind != "named" or len(speaker.name.split()) < 2:
            continue
        own = set(speaker.name.split())
        lead = article.body[max(0, quotation.start - _BEFORE) : quotation.end]
        names = [one[0] for one in _NAME.finditer(lead)]
        topics = [one for one in names if not own & set(one.split()) and not _DAYS.match(one)]
        if topics:
            yield Suggestion(f"What did {speaker.name} say about {topics[-1]}?", speaker.name)
            return
