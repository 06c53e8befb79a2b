"""A sentence and its article into figures and dates beside words that the article has beside others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.language.moments import Moment
from bot.verify.alignment import ARTICLES, MARGIN, fits
from bot.verify.reading import IsName, Text
from bot.verify.records import Finding, Kind

_NAME_WEIGHT = 3  # a name tells more than another word to what a figure belongs


@dataclass(frozen=True)
class Paired:
    """A figure or a date, where it stands; two that have one of their `names` in common are the same."""

    names: frozenset[str]
    text: str
    start: int
    kind: Kind
    of: str | None = None  # what a figure counts


def values_of(text: Text) -> list[Paired]:
    """The counts and dates of a text."""
    figures = [
        Paired(frozenset((f"{one.value:g}{one.unit or ''}",)), one.text, one.start, "number", one.noun)
        for one in text.quantities
        if one.sort == "count"
    ]
    dates = [Paired(frozenset(names), one.text, one.start, "date") for one, names in _dated(text) if names]
    return [*figures, *dates]


def _dated(text: Text) -> list[tuple[Moment, set[str]]]:
    """Dates with what they are called by; "Saturday, 10 October" is one date of both names."""
    found = []
    for one in text.moments:
        names = {day.isoformat() for day in one.days} if len(one.days) == 1 else set()
        for other in text.moments:
            if other is one or 0 < other.start - one.end <= 2 or 0 < one.start - other.end <= 2:
                names |= _called(other)
        found.append((one, names))
    return found


def _called(one: Moment) -> set[str]:
    if one.day:
        return {f"{one.day}.{one.month}"}
    if one.weekday is not None:
        return {f"w{one.weekday}"}
    return {f"y{one.year}"} if one.year and not one.month else set()


def segment(text: Text, at: int) -> int:
    """The clause of the word at or after a place."""
    return next((text.clauses[n] for n, word in enumerate(text.words) if word.end > at), -1)


def _sentence(text: Text, at: int) -> int:
    return next((text.sentences[n] for n, word in enumerate(text.words) if word.end > at), -1)


def check_pairing(said: Text, there: Sequence[Text], is_name: IsName) -> Iterator[Finding]:
    """A figure or a date of the draft beside words that the article has beside another one."""
    for value in values_of(said):
        if _counts_the_same(value, there) or not _is_there(value, there):
            continue
        clause = segment(said, value.start)
        anchors = {
            said.words[n].key: _NAME_WEIGHT if is_name(said.words[n]) else 1
            for n in said.content
            if said.clauses[n] == clause
        }
        votes = [_votes(value, anchors, text) for text in there]
        own, rival = sum(vote[0] for vote in votes), sum(vote[1] for vote in votes)
        found = next((vote[2] for vote in votes if vote[2]), "") or _elsewhere(said, value, there)
        if (rival > own or (not rival and found)) and found:
            yield Finding(value.kind, value.text, found)


def _is_there(value: Paired, there: Sequence[Text]) -> bool:
    return any(one.names & value.names for text in there for one in values_of(text) if one.kind == value.kind)


def _counts_the_same(value: Paired, there: Sequence[Text]) -> bool:
    """Whether the article counts the same things by this figure, and by no other."""
    same = [one for text in there for one in values_of(text) if value.of and one.of == value.of]
    return bool(same) and all(one.names & value.names for one in same)


def _votes(value: Paired, anchors: dict[str, int], text: Text) -> tuple[int, int, str]:
    """How much the article has beside the value, how much beside others of its sentence, and one of these."""
    own = rival = 0
    found = ""
    homes = [one for one in values_of(text) if one.kind == value.kind]
    mine = {segment(text, one.start) for one in homes if one.names & value.names}
    sentences = {_sentence(text, one.start) for one in homes if one.names & value.names}
    others = {
        segment(text, one.start): one
        for one in homes
        if not one.names & value.names and _sentence(text, one.start) in sentences
    }
    for key, weight in anchors.items():
        clauses = {text.clauses[n] for n in text.content if text.words[n].key == key}
        beside = clauses & others.keys() - mine
        if clauses & mine and not beside:
            own += weight
        elif beside and not clauses & mine:
            rival += weight
            found = found or others[min(beside)].text
    return own, rival, found


def _elsewhere(said: Text, value: Paired, there: Sequence[Text]) -> str:
    """Another figure in whose place, by the words around it, the draft's stands; "" if there is none."""
    ours = said.order
    at = _place(said, value)
    best_own, best_rival, found = 0.0, 0.0, ""
    for text in there:
        plain = frozenset(word.key for word in (*said.words, *text.words) if word.plain)
        for other in values_of(text):
            if other.kind != value.kind:
                continue
            score = fits(ours, at, text.order, _place(text, other), plain=plain)
            if other.names & value.names:
                best_own = max(best_own, score)
            elif score > best_rival:
                best_rival, found = score, other.text
    return found if best_rival >= best_own + MARGIN else ""


def _place(text: Text, value: Paired) -> int:
    """The place of a value's first word in the text's order."""
    words = [word for word in text.words if word.low not in ARTICLES]
    return next((n for n, word in enumerate(words) if word.end > value.start), 0)
