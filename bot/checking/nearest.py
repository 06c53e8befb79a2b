"""A quotation that stands nowhere as it is into the words of the archive that it comes nearest to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.ports import Bodies
from bot.answers.citation import cite
from bot.checking.aligning import QuoteRun, QuoteWord, changes, runs, words_at
from bot.checking.records import NearestWords
from index.records import Span
from index.storage.records import StoredBody

_RAREST = 12  # words that are searched for
_PASSAGES = 60
_OLD_BODIES = 50
_SHORT, _LEAST = 8, 4  # words of a quotation that is short, and that is too short to be an altered one
_MOST_OF, _HALF = 0.6, 0.5
# Words that stand together in two texts by chance hardly ever, and how much of a quotation has to agree then.
_LONG_RUNS = ((6, 0.3), (7, 0.25))
_EDGE = 2  # words at an end that may stand in place of others


@dataclass(frozen=True)
class Alignment:
    """The runs that a quotation and one body share, in the quotation's order."""

    stored: StoredBody
    words: Sequence[QuoteWord]
    runs: tuple[QuoteRun, ...]

    @property
    def agreeing(self) -> int:
        """How many words agree."""
        return sum(run.size for run in self.runs)

    @property
    def longest(self) -> int:
        """How many of them in one run."""
        return max((run.size for run in self.runs), default=0)

    @property
    def there(self) -> Span:
        """The words of the body, from the first run to the last."""
        last = self.runs[-1]
        return Span(
            self.words[self.runs[0].there].span.start, self.words[last.there + last.size - 1].span.end
        )


def aligned(archive: Bodies, text: str) -> Alignment | None:
    """The body that has most of a quotation's words in its order, and the longest run of them."""
    asked = words_at(text)
    found = (_alignment(asked, stored) for stored in _candidates(archive, asked))
    return max(
        (one for one in found if one.runs),
        key=lambda one: (one.agreeing + one.longest, one.stored.current),
        default=None,
    )


def _alignment(asked: Sequence[QuoteWord], stored: StoredBody) -> Alignment:
    body = words_at(stored.article.body)
    return Alignment(stored, body, tuple(runs(asked, body)))


def _candidates(archive: Bodies, asked: Sequence[QuoteWord]) -> Iterator[StoredBody]:
    """Bodies that have the rarest of the words: present ones by BM25, superseded ones by their letters."""
    keys = list(dict.fromkeys(one.key for one in asked))
    parts = list(dict.fromkeys(part for key in keys for part in key.split("'")))
    counts = archive.passage_counts(parts)
    rare = sorted((one for one in parts if counts.get(one)), key=lambda one: counts[one])[:_RAREST]
    matches = archive.search_words(rare, limit=_PASSAGES)
    seen = set[str]()
    for one in archive.passages([match.seq for match in matches]):
        if one.article.id not in seen:
            seen.add(one.article.id)
            yield StoredBody(one.article, one.origin, True)
    yield from archive.superseded(rare[:3], limit=_OLD_BODIES)


def is_altered(text: str, found: Alignment) -> bool:
    """Whether a quotation agrees with these words so far that it is not by chance."""
    size = len(words_at(text))
    share = found.agreeing / size
    if size < _SHORT:
        return size >= _LEAST and share >= _MOST_OF and found.longest >= _LEAST - 1
    return share >= _HALF or any(found.longest >= long and share >= least for long, least in _LONG_RUNS)


def nearest_words(text: str, found: Alignment) -> NearestWords:
    """What an alignment says of a quotation: the article's words, and what differs."""
    body, asked = found.stored.article.body, words_at(text)
    there = _widened(found, asked)
    return NearestWords(
        cite(found.stored.article, there, number=1),
        found.stored.current,
        changes(text, body, asked=Span(asked[0].span.start, asked[-1].span.end), there=there),
        found.agreeing / len(asked),
    )


def _widened(found: Alignment, asked: Sequence[QuoteWord]) -> Span:
    """The words of the body with those that stand where the quotation's first and last ones differ."""
    first, last = found.runs[0], found.runs[-1]
    start = max(0, first.there - (first.asked if first.asked <= _EDGE else 0))
    missing = len(asked) - last.end
    end = min(len(found.words), last.there + last.size + (missing if missing <= _EDGE else 0))
    return Span(found.words[start].span.start, found.words[end - 1].span.end)
