"""Candidates, best first, into a list where copies are one and no article or outlet crowds out the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Article
from index.storage.stored import StoredPassage


@dataclass(frozen=True)
class Scored:
    """A candidate passage with its score and the other articles of its origin that are candidates too."""

    stored: StoredPassage
    score: float
    copies: tuple[Article, ...] = ()


def fold_copies(scored: Sequence[Scored]) -> list[Scored]:
    """Those of one article an origin, that of its best candidate; the other articles become its `copies`.

    Articles of one origin have the same words, so nothing is lost but their names, which are kept. `scored`
    is in order, best first, and stays so.
    """
    shown: dict[str, str] = {}
    named: dict[str, dict[str, Article]] = {}
    for one in scored:
        shown.setdefault(one.stored.origin, one.stored.article.id)
        named.setdefault(one.stored.origin, {}).setdefault(one.stored.article.id, one.stored.article)
    return [
        Scored(one.stored, one.score, _others(named[one.stored.origin], one.stored.article.id))
        for one in scored
        if one.stored.article.id == shown[one.stored.origin]
    ]


def spread(scored: Sequence[Scored], limit: int) -> list[Scored]:
    """The best `limit`: one article has at most a third of them, or four, and one outlet three quarters.

    Of 12 hits an article has at most 4 and an outlet 9, as long as others have anything; what is left out
    then comes back to fill the list. `scored` is in order, best first, and so is what is returned. On
    RealTimeQA at most 4 loses nothing; at most 3 loses the answer's words in five for 1 question of 100.
    """
    per_article, per_outlet = max(4, limit // 3), max(1, 3 * limit // 4)
    articles: Counter[str] = Counter()
    outlets: Counter[str] = Counter()
    kept: list[int] = []
    for place, one in enumerate(scored):
        article, outlet = one.stored.article.id, _outlet(one.stored.article)
        if articles[article] >= per_article or (outlet and outlets[outlet] >= per_outlet):
            continue
        kept.append(place)
        articles[article] += 1
        outlets[outlet] += 1
        if len(kept) == limit:
            break
    spare = [place for place in range(len(scored)) if place not in set(kept)]
    return [scored[place] for place in sorted([*kept, *spare[: limit - len(kept)]])]


def _others(articles: dict[str, Article], shown: str) -> tuple[Article, ...]:
    return tuple(article for name, article in articles.items() if name != shown)


def _outlet(article: Article) -> str:
    """The outlet in lower case; articles of unknown outlets are not of one outlet."""
    return " ".join((article.outlet or "").split()).casefold()
