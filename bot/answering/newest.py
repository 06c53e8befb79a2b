"""Questions that ask for the latest into their newest answer, and how old that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.answers.citation import Citation
from bot.answers.notes import Newest
from bot.answers.proposal import Weighed
from index.coming import last_day
from index.dates import date_span
from index.errors import BadFilter
from index.records import Filters, Hit

NEARLY = 0.5  # of the best score: what answers nearly as well comes first where it is newer

_LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|currently|at present|at the moment|so far|to date|as of now"
    r"|up to now|nowadays|these days|right now|now)\b"
    r"|\b(?:is|are|does|do|has|have|can|who|who['’]s)\b[^?]*\bstill\b"
    r"|\bсейчас\b|\bвс[её] ещ[её]\b|\bпоследн(?:ие|яя|ий|ее)\b",
    re.IGNORECASE,
)
# "What did he say until now", but not "now known as" or "the latest novel of".
_NOT_ASKED = re.compile(r"\bnow (?:known|called|famous|defunct|former)\b|\buntil now\b", re.IGNORECASE)


def wants_newest(question: str) -> bool:
    """Whether a question asks for the newest that is known."""
    return bool(_LATEST.search(_NOT_ASKED.sub(" ", question)))


def newest_first(weighed: Weighed) -> Weighed:
    """The candidates that answer about equally well, newest article first; undated ones after the dated.

    What is dated in the time to come is not the newest of today: it stands between these.
    The first of the result has the score of the best, so that the others are measured by it.
    """
    best = max((one.score for one in weighed.candidates), default=0.0)
    close = [one for one in weighed.candidates if best and one.score >= NEARLY * best]
    rest = [one for one in weighed.candidates if one not in close]
    ordered = sorted(close, key=lambda one: _newness(one.hit), reverse=True)
    return replace(weighed, candidates=[*ordered, *rest])


def with_newest(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """The first `limit` hits; a later one whose article is newer than theirs takes the last place."""
    first, later = [*hits[:limit]], hits[limit:]
    newest = max(later, key=_newness, default=None)
    if newest and _newness(newest) > max(map(_newness, first)):
        return [*first[:-1], newest]
    return first


def newest_of(
    citations: Sequence[Citation],
    filters: Filters,
    *,
    latest: str | None = None,
    today: date | None = None,
) -> Newest | None:
    """How old the newest of what is cited is, seen from `as_of` or today; None where no date is known.

    What is dated later than today is not counted, unless `as_of` lets it in.
    `latest` is the date of the archive's newest article, which tells nothing of what was known `as_of` a day.
    """
    seen_from = _last_day(filters.as_of) or today or datetime.now(UTC).date()
    dates = [one.article.published for one in citations if one.article.published]
    known = [iso for iso in dates if date_span(iso)[0][:10] <= last_day(seen_from)]
    if not known:
        return None
    newest = max(known, key=lambda iso: date_span(iso)[1])
    days = (seen_from - date.fromisoformat(date_span(newest)[0][:10])).days
    day, last = newest.partition("T")[0], (latest or "").partition("T")[0]
    told = ((one.number, date_span(one.article.published)[1]) for one in citations if one.article.published)
    older = tuple(number for number, ends in told if ends < date_span(day)[0])
    return Newest(day, max(days, 0), last if last > day and not filters.as_of else None, older)


def _newness(hit: Hit) -> tuple[bool, str]:
    """What sorts the articles of hits by how new they are, as of today."""
    try:
        published = date_span(hit.article.published or "")[0]
    except BadFilter:
        return False, ""
    return published[:10] <= last_day(), published


def _last_day(iso: str | None) -> date | None:
    return date.fromisoformat(date_span(iso)[1][:10]) if iso else None
