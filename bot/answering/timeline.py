"""Hits on one subject into its timeline: dated, cited sentences, one a day and origin, the oldest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.answering.dated_words import dated_words
from bot.answering.later import lead_of
from bot.answers.answer import DatedWords
from bot.answers.citation import Citation
from bot.answers.proposal import Place
from bot.language.lexicon import Lexicon
from bot.proof.proving import ArticleShelf, cite_again
from index.dates import known_day
from index.records import Article, Filters, Hit, Span
from index.storage.records import StoryArticle

HITS = 100  # passages that a timeline is made of
MOST_STEPS = 200
_EVERYTHING = Filters()
_STORIES, _TOLD = 3, 12  # chains that are told whole, and articles of each
_MONTHS = 120  # a longer time is told without its empty months


class TimelineShelf(ArticleShelf, Protocol):
    """What this needs of the archive."""

    def story(self, article_id: str) -> Sequence[StoryArticle]:
        """The story of an article, itself among them, oldest first."""


@dataclass(frozen=True)
class TimelineStep:
    """One sentence of one day (ISO). `also_in` are other outlets that printed it.

    `story` numbers the chain of reports that tell one story on, from 1; None: the article stands alone.
    `retracts`: it takes back what an earlier step of its story said.
    """

    day: str
    citation: Citation
    also_in: tuple[str, ...] = ()
    story: int | None = None
    retracts: bool = False


@dataclass(frozen=True)
class Timeline:
    """The steps of a subject, the oldest first, with `months` ("2020-10") and how many articles each has.

    `undated` articles are on the subject and cannot be placed; `dates` are the relative dates in the steps.
    """

    subject: str
    filters: Filters = _EVERYTHING
    steps: tuple[TimelineStep, ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    undated: int = 0
    dates: tuple[DatedWords, ...] = ()


@dataclass(frozen=True)
class _StepFound:
    """A place of a dated article; `told` is how much of the subject its sentence holds."""

    day: str
    place: Place
    origin: str
    also_in: tuple[str, ...]
    told: float
    story: int | None = None
    retracts: bool = False


def timeline_of(
    subject: str,
    hits: Sequence[Hit],
    shelf: TimelineShelf,
    *,
    lexicon: Lexicon,
    filters: Filters = _EVERYTHING,
    limit: int = MOST_STEPS,
) -> Timeline:
    """The timeline of a subject. Of more than `limit` steps those stay that hold most of the subject.

    A hit counts where it and its title hold half of the subject's words at least.
    """
    wanted = frozenset(word.key for word in lexicon.read(subject) if not word.plain)
    near = [hit for hit in hits if _is_near(hit, wanted, lexicon)]
    found = [one for hit in near if (one := _found(hit, wanted, lexicon))]
    found = _with_stories(_one_a_day(found), shelf, whole=not filters)
    kept = sorted(found, key=lambda one: -one.told)[:limit]
    steps: list[TimelineStep] = []
    for one in sorted(kept, key=lambda one: (one.day, one.place.article.published or "", one.origin)):
        citation = cite_again(one.place, shelf, number=len(steps) + 1)
        if citation:
            steps.append(TimelineStep(one.day, citation, one.also_in, one.story, one.retracts))
    articles = {article.id: article for hit in near for article in (hit.article, *hit.copies)}
    articles |= {step.citation.article.id: step.citation.article for step in steps}
    return _dated(Timeline(subject, filters, tuple(steps)), articles.values())


def _is_near(hit: Hit, wanted: frozenset[str], lexicon: Lexicon) -> bool:
    held = wanted & lexicon.keys(f"{hit.article.title}\n{hit.passage.text}")
    return bool(held) and 2 * len(held) >= len(wanted)


def _found(hit: Hit, wanted: frozenset[str], lexicon: Lexicon) -> _StepFound | None:
    """The sentence of a hit that holds most of the subject; of equals the first."""
    day = _day(hit.article)
    body = hit.article.body
    standing = [one for one in hit.passage.sentences if not _withdrawn(one, hit.withdrawn)]
    if day is None or not standing:
        return None
    told = {one: len(wanted & lexicon.keys(body[one.start : one.end])) for one in standing}
    best = max(standing, key=lambda one: told[one])
    outlets = (copy.outlet for copy in hit.copies if copy.outlet and copy.outlet != hit.article.outlet)
    return _StepFound(
        day,
        Place(hit.article, best),
        hit.origin,
        tuple(dict.fromkeys(outlets)),
        told[best] + hit.score / 1000,
    )


def _withdrawn(sentence: Span, withdrawn: Iterable[Span]) -> bool:
    return any(one.start < sentence.end and sentence.start < one.end for one in withdrawn)


def _day(article: Article) -> str | None:
    """The day of publication; None where it is not known to the day."""
    day = known_day(article.published)
    return day.isoformat() if day else None


def _one_a_day(found: Iterable[_StepFound]) -> list[_StepFound]:
    best: dict[tuple[str, str], _StepFound] = {}
    for one in found:
        key = (one.day, one.origin)
        if key not in best or one.told > best[key].told:
            best[key] = one
    return list(best.values())


def _with_stories(found: list[_StepFound], shelf: TimelineShelf, *, whole: bool) -> list[_StepFound]:
    """The places with the chains they belong to; `whole`: with the reports of these that were not found."""
    by_article = {one.place.article.id: one for one in found}
    numbered: set[str] = set()
    number = 0
    for one in sorted(found, key=lambda one: -one.told):
        if number == _STORIES or one.place.article.id in numbered:
            continue
        story = shelf.story(one.place.article.id)
        if len(story) < 2:
            continue
        number += 1
        for told in story[:_TOLD]:
            known = by_article.get(told.article.id) or (_lead(told, one) if whole else None)
            if known and told.article.id not in numbered:
                numbered.add(told.article.id)
                by_article[told.article.id] = replace(known, story=number, retracts=told.retracts)
    return list(by_article.values())


def _lead(told: StoryArticle, beside: _StepFound) -> _StepFound | None:
    day = _day(told.article)
    if day is None:
        return None
    place = Place(told.article, lead_of(told.article))
    return _StepFound(day, place, told.article.id, (), beside.told, retracts=told.retracts)


def _dated(timeline: Timeline, articles: Iterable[Article]) -> Timeline:
    dates = dated_words([step.citation for step in timeline.steps])
    known, undated = Counter[str](), 0
    for article in articles:
        month = (article.published or "")[:7]
        known[month] += len(month) == 7
        undated += len(month) < 7
    known.pop("", None)
    counts = tuple((month, known[month]) for month in _months([one for one in known if known[one]]))
    return replace(timeline, months=counts, undated=undated, dates=dates)


def _months(known: Sequence[str]) -> list[str]:
    """The months from the first to the last, those without an article too."""
    if not known:
        return []
    first, last = (12 * int(one[:4]) + int(one[5:7]) - 1 for one in (min(known), max(known)))
    if last - first >= _MONTHS:
        return sorted(known)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]
