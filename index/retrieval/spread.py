"""Candidates, best first, into a list where copies are one and no article or outlet crowds out the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.copies.overlap import overlap, shingles_of
from index.copies.sentence import counterpart
from index.copies.words import keys_of
from index.records import Article
from index.storage.records import StoredPassage

_SAME_PASSAGE = 0.5  # of its shingles in an article of the same origin: one word changed in seven


@dataclass(frozen=True)
class Scored:
    """A candidate passage with its score and the other articles of its origin that are candidates too."""

    stored: StoredPassage
    score: float
    copies: tuple[Article, ...] = ()


def fold_copies(scored: Sequence[Scored]) -> Iterator[Scored]:
    """Of passages that copies share the best one; the other articles of its origin become its `copies`.

    Copies may be excerpts or edited lightly: what only one of them has is kept. A passage that says again
    what better ones of its article said is left out too: a text stuffed with one sentence has one place.
    `scored` is in order, best first, and stays so; what is not taken is not compared (0.25 ms a passage).
    """
    named: dict[str, dict[str, Article]] = {}
    for one in scored:
        named.setdefault(one.stored.origin, {}).setdefault(one.stored.article.id, one.stored.article)
    passages = Counter(one.stored.article.id for one in scored)
    shown: dict[str, dict[str, Article]] = {}
    said: dict[str, set[str]] = {}
    for one in scored:
        article, printed = one.stored.article, shown.setdefault(one.stored.origin, {})
        if article.id not in printed and any(_stands_in(one, other) for other in printed.values()):
            continue
        if passages[article.id] > 1:
            mine, before = shingles_of(keys_of(one.stored.passage.text)), said.setdefault(article.id, set())
            if mine and len(mine & before) >= _SAME_PASSAGE * len(mine):
                continue
            before |= mine
        printed[article.id] = article
        yield Scored(one.stored, one.score, _others(named[one.stored.origin], article.id))


def as_first_printed(one: Scored, firsts: Sequence[StoredPassage]) -> Iterator[Scored]:
    """A copy's passage as the first article of its origin has it, then what only the copy says.

    Who prints a report again, or changes its figures, does not speak for it: his article is among the
    `copies` of each passage in which the first one has a sentence of his. Of his own passage what is left
    stays, with the first article as the first of its copies. `firsts` are passages of first articles.
    """
    mine = one.stored
    theirs = [
        first for first in firsts if first.origin == mine.origin and first.article.id != mine.article.id
    ]
    if not theirs:
        yield one
        return
    others = [copy for copy in one.copies if copy.id != theirs[0].article.id]
    told = {
        span: _as_told(mine.article.body[span.start : span.end], theirs) for span in mine.passage.sentences
    }
    for first in theirs:
        if any(found is first for found in told.values()):
            yield Scored(first, one.score, (mine.article, *others))
    own = tuple(span for span, found in told.items() if found is None)
    if own:
        kept = replace(mine, passage=replace(mine.passage, sentences=own))
        yield Scored(kept, one.score, (theirs[0].article, *others))


def _as_told(sentence: str, firsts: Sequence[StoredPassage]) -> StoredPassage | None:
    """The passage that has a sentence, small edits apart."""
    return next(
        (one for one in firsts if counterpart(sentence, one.passage.text, language=one.article.language)),
        None,
    )


def _stands_in(one: Scored, other: Article) -> bool:
    """Whether an article holds a passage of its copy, small edits apart."""
    text = one.stored.passage.text
    if text in other.body:
        return True
    mine, theirs = shingles_of(keys_of(text)), shingles_of(keys_of(other.body))
    return overlap(mine, theirs).contained >= _SAME_PASSAGE


def spread(scored: Iterable[Scored], limit: int) -> list[Scored]:
    """The best `limit`: one article has at most a third of them, or four, and one outlet three quarters.

    Of 12 hits an article has at most 4 and an outlet 9, as long as others have anything; what is left out
    then comes back to fill the list. `scored` is in order, best first, and so is what is returned. On
    RealTimeQA at most 4 loses nothing; at most 3 loses the answer's words in five for 1 question of 100.
    """
    per_article, per_outlet = max(4, limit // 3), max(1, 3 * limit // 4)
    articles: Counter[str] = Counter()
    outlets: Counter[str] = Counter()
    kept: dict[int, Scored] = {}
    spare: dict[int, Scored] = {}
    for place, one in enumerate(scored):
        article, outlet = one.stored.article.id, _outlet(one.stored.article)
        if articles[article] >= per_article or (outlet and outlets[outlet] >= per_outlet):
            spare[place] = one
            continue
        kept[place] = one
        articles[article] += 1
        outlets[outlet] += 1
        if len(kept) == limit:
            break
    kept |= dict(islice(spare.items(), max(0, limit - len(kept))))
    return [kept[place] for place in sorted(kept)]


def _others(articles: dict[str, Article], shown: str) -> tuple[Article, ...]:
    return tuple(article for name, article in articles.items() if name != shown)


def _outlet(article: Article) -> str:
    """The outlet in lower case; articles of unknown outlets are not of one outlet."""
    return " ".join((article.outlet or "").split()).casefold()
