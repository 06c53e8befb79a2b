"""Why there is no answer, as facts: the reason, what is missing, the nearest evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answering.lacking import HeldDates
from bot.answering.quoting import repeats
from bot.answers.answer import Abstention
from bot.answers.proposal import Candidate, NearPlace, Place, Refused, Weighed
from bot.proof.whole import whole_thought
from bot.speaking.speaker import Speakers
from index.dates import in_words
from index.letters import folded
from index.records import Article, Filters
from index.retrieval.outlet_names import near_outlets

MOST_NEAREST = 2
MOST_CLOSEST = 3
LIKELY = 0.2  # of the best score: what is less likely is not shown beside it


def not_in_archive(missing: Sequence[str], weighed: Weighed, *, near: Mapping[str, str]) -> Refused:
    """Words of the question stand nowhere in the archive; `near` maps some to a spelling it has."""
    offered = tuple(near[word] for word in missing if word in near)
    return Refused(Abstention("not_in_archive", tuple(missing), near=offered), nearest(weighed.candidates))


def incomplete(word: str) -> Refused:
    """The question hangs on `word`, which points to what is not named: nothing is looked for."""
    return Refused(Abstention("incomplete", (word,)))


def nothing_stored(filters: Filters, outlets: Sequence[tuple[str | None, int]]) -> Refused:
    """There is no article to look at: none at all, or none of the outlets asked for.

    `outlets` are those of the archive with their articles; what of them may be meant is offered.
    """
    if not outlets:
        return Refused(Abstention("not_in_archive"))
    names = [name for name, _ in outlets if name]
    near = dict.fromkeys(name for asked in filters.outlet for name in near_outlets(asked, names))
    return Refused(Abstention("not_in_archive", filters.outlet, near=tuple(near)))


def outside_dates(filters: Filters, held: tuple[str | None, str | None], weighed: Weighed) -> Refused:
    """The archive has something, but not within the dates asked for; `held` are its first and last date.

    Who asks as of a day is shown nothing that was not there yet, not even as what comes nearest.
    """
    first, last = held
    why = Abstention("outside_dates", held=(first, last) if first and last else None)
    return Refused(why, () if filters.as_of else nearest(weighed.candidates))


def outside_days(days: tuple[str, str], held: HeldDates, weighed: Weighed) -> Refused:
    """The question names days later than all articles; `days` are the first and the last of them, as ISO."""
    first, last = held
    why = Abstention("outside_dates", held=(first, last) if first and last else None, days=days)
    return Refused(why, nearest(weighed.candidates))


def not_stated(weighed: Weighed) -> Refused:
    """The topic is there, the asked detail is not: `missing` are the words that no nearest article has."""
    near = nearest(weighed.candidates)
    missing = _lacking(weighed.missing, near) or _lacking(weighed.unmet, near)
    return Refused(Abstention("not_stated", missing, asks_for=weighed.asks_for), near)


def unsure(weighed: Weighed) -> Refused:
    """The best candidates of up to three articles may answer, or not; with their likely words, best first.

    `missing` are the words that none of these articles has. Without any candidate nothing is stated.
    """
    if not weighed.candidates:
        return not_stated(weighed)
    near = closest(weighed)
    return Refused(Abstention("unsure", _lacking(weighed.missing, near)), near)


def no_answer(llm: str, weighed: Weighed, *, known: Refused | None) -> Refused:
    """A language model was asked and finds none; what is `known` to be missing or outside is told with it."""
    if known and known.why.reason in ("not_in_archive", "outside_dates"):
        why = known.why
        facts = Abstention("not_stated", why.missing, near=why.near, held=why.held, llm=llm, known=why.reason)
        return Refused(facts, known.nearest)
    return Refused(Abstention("not_stated", llm=llm), nearest(weighed.candidates))


def unproved(weighed: Weighed) -> Refused:
    """What would have answered did not survive proof, for example because its article was just removed."""
    return Refused(Abstention("unproved"), nearest(weighed.candidates))


def nearest(candidates: Sequence[Candidate]) -> tuple[NearPlace, ...]:
    """The best candidate and the best one of another article."""
    best = _best_of_articles(candidates, MOST_NEAREST)
    return tuple(NearPlace(Place(one.hit.article, one.span)) for one in best)


def closest(weighed: Weighed) -> tuple[NearPlace, ...]:
    """The best candidates of up to three articles, each a whole thought with the words that may answer."""
    best = max((one.score for one in weighed.candidates), default=0.0)
    likely = [one for one in weighed.candidates if one.score >= LIKELY * best]
    return tuple(
        NearPlace(
            Place(one.hit.article, whole_thought(one.hit.article, one.span, Speakers(one.hit.article))),
            weighed.shorts.get((one.hit.article.id, one.span)),
        )
        for one in _best_of_articles(likely, MOST_CLOSEST)
    )


def _best_of_articles(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """The best candidate of each article that says something else than those before, the first `most`."""
    best: dict[str, Candidate] = {}
    for one in candidates:
        if len(best) == most:
            break
        if one.hit.article.id not in best and not any(repeats(one, other) for other in best.values()):
            best[one.hit.article.id] = one
    return list(best.values())


def _lacking(words: Sequence[str], near: Sequence[NearPlace]) -> tuple[str, ...]:
    """Those of a question's words that no article of the nearest evidence has."""
    articles = [one.place.article for one in near]
    return tuple(word for word in words if not any(_mentions(one, word) for one in articles))


def _mentions(article: Article, word: str) -> bool:
    """Whether an article has a word, or is of that outlet or day; written with or without its hyphens."""
    beside = (article.title, article.outlet, article.agency, in_words(article.published), article.body)
    return _joined(word) in _joined(" ".join(filter(None, beside)))


def _joined(text: str) -> str:
    return folded(text).replace("-", "")


def names_any(words: Sequence[str]) -> bool:
    """Whether one of some words is a name or has a figure."""
    return any(word[0].isupper() or any(letter.isdigit() for letter in word) for word in words)
