"""Why there is no answer, as a reason and the words a person is told; the only place that words a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.proposal import Candidate, Place, Refused, Weighed
from bot.answers.question import describe, plain_date
from index.letters import folded
from index.records import Article, Filters

REFUSAL = "The archive does not say."
NEAREST = "Nearest, not taken as an answer:"
MOST_NEAREST = 2

_DETAILS: Mapping[str, str] = {
    "person": "who", "date": "when", "number": "how many or how much", "place": "where", "reason": "why",
}  # fmt: skip


def not_in_archive(missing: Sequence[str], weighed: Weighed, *, near: Mapping[str, str]) -> Refused:
    """Words of the question stand nowhere in the archive; `near` maps some to a spelling it has."""
    text = f"Nothing in the archive mentions {_quoted(missing, 'or')}."
    offered = [near[word] for word in missing if word in near]
    if offered:
        text += f" Did you mean {_quoted(offered, 'and')}?"
    return Refused("not_in_archive", text, tuple(missing), nearest(weighed.candidates))


def nothing_stored(filters: Filters, *, articles: int) -> Refused:
    """There is no article to look at: none at all, or none of the outlets asked for."""
    if not articles:
        return Refused("not_in_archive", "The archive is empty; `dateline add PATH` adds articles.")
    text = f"The archive has no {describe(replace(filters, since=None, until=None, as_of=None))}."
    return Refused("not_in_archive", text, filters.outlet)


def outside_dates(filters: Filters, held: tuple[str | None, str | None], weighed: Weighed) -> Refused:
    """The archive has something, but not within the dates asked for; `held` are its first and last date.

    Who asks as of a day is shown nothing that was not there yet, not even as what comes nearest.
    """
    places = () if filters.as_of else nearest(weighed.candidates)
    text = f"{REFUSAL[:-1]} in {describe(filters)}."
    if all(held):
        text += f" Its articles date from {_between(held)}."
    if filters.as_of:
        text += " What was published later is left out."
    if places:
        told = [place.article.published for place in places]
        dates = [plain_date(date.partition("T")[0]) for date in told if date]
        nearest_dates = f"of {_listed(dates, 'and')}" if dates else "undated"
        text += f" What comes nearest is {nearest_dates}."
    return Refused("outside_dates", text, (), places)


def not_stated(weighed: Weighed, filters: Filters) -> Refused:
    """The topic is there, the asked detail is not: what the nearest evidence lacks.

    Where it lacks no word, it may well hold the answer; then nothing more is said than that it is not clear.
    """
    described = describe(filters)
    text = f"{REFUSAL[:-1]} in {described}." if described else REFUSAL
    nothing = f"Nothing in {described or 'the archive'}"
    detail = _DETAILS.get(weighed.asks_for)
    places = nearest(weighed.candidates)
    lacking = [
        word for word in weighed.missing if not any(_mentions(place.article, word) for place in places)
    ]
    if lacking:
        text += f" What comes nearest says nothing of {_quoted(lacking, 'or')}."
    elif detail and weighed.candidates:
        text = f"{nothing} says clearly enough {detail}."
    elif weighed.candidates:
        text = f"{nothing} answers this clearly enough."
    return Refused("not_stated", text, tuple(lacking), places)


def _mentions(article: Article, word: str) -> bool:
    return folded(word) in folded(f"{article.title} {article.body}")


def no_answer(text: str, weighed: Weighed, *, known: Refused | None) -> Refused:
    """A language model was asked and finds none; what is `known` to be missing or outside is told with it."""
    if known and known.reason in ("not_in_archive", "outside_dates"):
        return Refused("not_stated", f"{text} {known.text}", known.missing, known.nearest)
    return Refused("not_stated", text, (), nearest(weighed.candidates))


def unproved(weighed: Weighed) -> Refused:
    """What would have answered did not survive proof, for example because its article was just removed."""
    text = f"{REFUSAL} What seemed to answer could not be proved against its article and is not shown."
    return Refused("unproved", text, (), nearest(weighed.candidates))


def nearest(candidates: Sequence[Candidate]) -> tuple[Place, ...]:
    """The best candidate and the best one of another article."""
    places: dict[str, Place] = {}
    for candidate in candidates:
        article = candidate.hit.article
        if article.id not in places and len(places) < MOST_NEAREST:
            places[article.id] = Place(article, candidate.span)
    return tuple(places.values())


def _quoted(words: Sequence[str], last: str) -> str:
    return _listed([f"'{word}'" for word in words], last)


def _listed(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _between(held: tuple[str | None, str | None]) -> str:
    first, latest = (plain_date((date or "").partition("T")[0]) for date in held)
    return first if first == latest else f"between {first} and {latest}"
