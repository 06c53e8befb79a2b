"""What a person asks into a question to look for, with its filters, given or read from its words.

Reading a filter wrongly loses answers, so little is read: an outlet only where the archive has it by exactly
that name, a date only with its year and only where it says when something was published or known. "When did
the ceasefire of 10 October begin?" names an event; nothing is filtered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.answers.asked import Asked
from index.dates import date_span, parse_date
from index.records import Filters

_DATE = (
    r"(?P<date>\d{4}-\d\d(?:-\d\d)?"
    r"|(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?[A-Z][a-z]{2,8}\.?,?\s+\d{4}"
    r"|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
)
# A date phrase counts at an end of the question or before "about": in "before the 20 October 2020 truce" and
# "before 20 October 2020 in Moscow" it may belong to the event.
_ENDS = r"(?=\s*(?:[?.!]*\s*$|,|\)|\s(?:about|on|regarding|concerning|of)\b))"
_BEGINS = r"(?:^|[\s,(])"
_TELLING = re.compile(
    r"\b(?:say|says|said|tell|told|report|reports|reported|write|wrote|written|print|printed|publish|published|"
    r"articles|stories|coverage|quoted)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Question:
    """A question ready to be asked.

    `text` is what the person typed, cleaned; `topic` is it without the words that became filters. `read` are
    the names of the filters that were read from the words and not given ("until").
    """

    text: str
    topic: str
    filters: Filters
    read: tuple[str, ...] = ()


def read_question(asked: Asked, *, alone: str | None = None, outlets: Sequence[str] = ()) -> Question:
    """The question that is asked, in clean words; given filters win over those its words name.

    `alone` is a follow-up as it stands alone: then that is what is looked for. `outlets` are those the
    archive has: no other name becomes a filter.
    """
    typed = Question(asked.text, alone or asked.text, asked.filters)
    question = typed
    for step in (_read_outlet, _read_as_of, _read_dates):
        question = step(question, outlets)
    return question if len(question.topic.split()) >= 2 else typed


def may_name_outlet(text: str) -> bool:
    """Whether a question has the form in which an outlet is read, so that the outlets are worth listing."""
    return bool(
        re.search(r"\b(?:according to|as (?:reported|printed|published|told)|(?:in|by) [^?]+$)", text, re.I)
    )


def _read_outlet(question: Question, outlets: Sequence[str]) -> Question:
    """Read "according to Bloomberg", "as reported by Bloomberg" and "said in Today.Az"."""
    if question.filters.outlet:
        return question
    for outlet in sorted(outlets, key=len, reverse=True):
        name = re.escape(outlet)
        end = r"(?=[?.!,;:)]|\s*$)"
        found = re.search(rf"{_BEGINS}[Aa]ccording to {name}{end}", question.topic) or re.search(
            rf"{_BEGINS}as (?:reported|printed|published|told) (?:by|in) {name}{end}", question.topic
        )
        if not found and _TELLING.search(question.topic):
            found = re.search(rf"{_BEGINS}(?:in|by) {name}(?=[?.!]*\s*$)", question.topic)
        if found:
            filters = replace(question.filters, outlet=(outlet,))
            return _without(question, found, filters=filters, read="outlet")
    return question


def _read_as_of(question: Question, outlets: Sequence[str]) -> Question:
    """Read "as of 19 Oct 2020". A month or a year is no moment: "as of 2012" stands in later articles too."""
    if question.filters.as_of:
        return question
    found = re.search(rf"{_BEGINS}[Aa]s of {_DATE}{_ENDS}", question.topic)
    iso = parse_date(found["date"]) if found else None
    if found is None or iso is None or len(iso) < 10:
        return question
    return _without(question, found, filters=replace(question.filters, as_of=iso), read="as_of")


def _read_dates(question: Question, outlets: Sequence[str]) -> Question:
    """Read "before", "until", "since" and "after" a date where the question is about what was told."""
    for words, name, moved in _BOUNDS:
        taken = question.filters.since if name == "since" else question.filters.until
        found = re.search(rf"{_BEGINS}(?i:{words}) {_DATE}{_ENDS}", question.topic)
        iso = parse_date(found["date"]) if found else None
        if taken or found is None or iso is None or not _TELLING.search(question.topic):
            continue
        value = moved(iso)
        if name == "since":
            filters = replace(question.filters, since=value)
        else:
            filters = replace(question.filters, until=value)
        question = _without(question, found, filters=filters, read=name)
    return question


def _same(iso: str) -> str:
    return iso


def _day_before(iso: str) -> str:
    return (date.fromisoformat(date_span(iso)[0][:10]) - timedelta(days=1)).isoformat()


def _day_after(iso: str) -> str:
    return (date.fromisoformat(date_span(iso)[1][:10]) + timedelta(days=1)).isoformat()


_BOUNDS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("before|prior to", "until", _day_before),
    ("until|till|up to", "until", _same),
    ("published by", "until", _same),
    ("since", "since", _same),
    ("after", "since", _day_after),
)


def _without(question: Question, found: re.Match[str], *, filters: Filters, read: str) -> Question:
    """The question without the words that became a filter."""
    before, after = question.topic[: found.start()], question.topic[found.end() :]
    topic = " ".join(f"{before.rstrip(' ,(')} {after.lstrip(' ,)')}".split())
    topic = re.sub(r"\s+([?.!,])", r"\1", topic)
    return Question(question.text, topic[:1].upper() + topic[1:], filters, (*question.read, read))
