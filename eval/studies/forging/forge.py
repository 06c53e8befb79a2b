"""True sentences into false ones that look alike, each in one way: what a model does to news, and worse.

A forger takes a sentence and gives a text that the article does not bear out, or None where it gives no
occasion. The draft names the true words as those it relies on, as a model does that misreads: the sentence
itself is then quoted, and the forged wording never shown.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from bot.language.words import listed
from bot.proof.records import DraftLine
from eval.studies.forging.material import Source

Forger = Callable[[Source, random.Random], DraftLine | None]

_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
_WORD_NUMBERS = listed(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty"
)
_MONTHS = listed("January February March April June July August September October November December")
_DAYS = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_UNITS = {
    "million": "billion", "billion": "million", "thousand": "million", "per cent": "percentage points",
    "percent": "percentage points", "%": " percentage points", "kilometres": "miles", "kilometers": "miles",
    "miles": "kilometres", "days": "weeks", "weeks": "months", "months": "years", "years": "months",
    "hours": "days",
    "minutes": "hours", "$": "€", "£": "$", "metres": "kilometres", "feet": "metres",
}  # fmt: skip
_OPPOSITES = {
    "rose": "fell", "fell": "rose", "increased": "decreased", "increase": "decrease", "won": "lost",
    "lost": "won",
    "before": "after", "after": "before", "accepted": "rejected", "rejected": "accepted",
    "approved": "rejected",
    "supported": "opposed", "support": "oppose", "opened": "closed", "more": "fewer", "less": "more",
    "higher": "lower", "lower": "higher", "largest": "smallest", "most": "fewest", "allowed": "banned",
    "banned": "allowed", "began": "ended", "started": "stopped", "ended": "began", "arrested": "released",
    "released": "arrested", "guilty": "innocent", "best": "worst", "first": "last", "against": "for",
    "confirmed": "denied", "denied": "confirmed", "agreed": "refused", "refused": "agreed",
    "killed": "rescued",
    "strong": "weak", "north": "south", "south": "north", "eastern": "western", "western": "eastern",
}  # fmt: skip
_TAILS = (
    ", adding that the decision could not be reversed", ", which led to protests in several cities",
    ", and two ministers resigned over it", ", the second such case this year",
    ", although experts doubt that it will last", " despite warnings from the European Union",
    ", and an investigation has been opened", " after weeks of secret negotiations",
    ", according to leaked documents", ", with damage estimated in the millions",
)  # fmt: skip
_NOT = re.compile(r"\s(?:not|never)\b|(?<=[a-z])n[’']t\b")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|did)\b(?! not|n[’']t)"
)
_HEDGES = re.compile(
    r"\b(?:more than|less than|fewer than|nearly|almost|about|around|at least|up to|roughly|"
    r"approximately)\s(?=[\d$£€]|"
    + "|".join(_WORD_NUMBERS)
    + r")|\b(?:may|might)\s(?=(?:be|have|not)\b)|\b(?:allegedly|reportedly|possibly|probably)\s"
)
_CLOSING = re.compile(r",[”\"]?\s(?:[^,.“”\"]{3,60}?\s(?:said|says|told [a-z ]+|added|announced|reported|"
    r"warned|argued)"
                      r"|(?:said|says|added)\s[^,.“”\"]{3,60}|"
                      r"according to [^,.“”\"]{3,60})(?: on [A-Z][a-z]+day)?\.$")  # fmt: skip
_QUOTE = re.compile(r"[“\"]([^“”\"]{20,240})[”\"]")
_PLAIN = frozenset(
    listed("which there their these those where while about would could should being other after")
)
_LONG = re.compile(r"\b[a-z]{5,}\b")


def _draft(source: Source, text: str) -> DraftLine | None:
    """The draft of a forged text; None where nothing was forged."""
    return DraftLine(text, (1,), ((1, source.text),)) if text != source.text else None


def digit(source: Source, rng: random.Random) -> DraftLine | None:
    """One digit of a figure, or a figure in words."""
    found = list(_NUMBER.finditer(source.text))
    written = [m for word in _WORD_NUMBERS for m in re.finditer(rf"\b{word}\b", source.text)]
    if found:
        match = rng.choice(found)
        at = rng.choice([n for n in range(match.start(), match.end()) if source.text[n].isdigit()])
        new = rng.choice([d for d in "123456789" if d != source.text[at]])
        return _draft(source, source.text[:at] + new + source.text[at + 1 :])
    if written:
        match = rng.choice(written)
        new = rng.choice([word for word in _WORD_NUMBERS if word != match[0]])
        return _draft(source, source.text[: match.start()] + new + source.text[match.end() :])
    return None


def unit(source: Source, rng: random.Random) -> DraftLine | None:
    """The unit or the size of a figure."""
    figure = r"(?:\d[\d,.]*|" + "|".join(_WORD_NUMBERS) + ")"
    for one, other in rng.sample(sorted(_UNITS.items()), len(_UNITS)):
        if one in "$£":
            match = re.search(rf"\{one}(?=\d)", source.text)
        else:
            match = re.search(rf"(?<={'x'})x|\b{figure}[ -]?({re.escape(one)})(?!\w)", source.text)
        if match:
            start, end = match.span(match.lastindex or 0)
            return _draft(source, source.text[:start] + other + source.text[end:])
    return None


def name(source: Source, rng: random.Random) -> DraftLine | None:
    """A name for another one, mostly of the same article."""
    own = [
        m for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![\w-])", source.text) if m[0] in source.names
    ]
    own = [m for m in own if m[0] not in (*_DAYS, *_MONTHS)]
    others = [one for one in source.names if one not in source.text and one not in (*_DAYS, *_MONTHS)]
    others = [one for one in others if not any(one[:4] == m[0][:4] for m in own)]
    if not own or not others:
        return None
    match = rng.choice(own)
    return _draft(source, source.text[: match.start()] + rng.choice(others) + source.text[match.end() :])


def dropped_not(source: Source, rng: random.Random) -> DraftLine | None:
    """A denial, left out."""
    found = [
        m
        for m in _NOT.finditer(source.text)
        if not re.match(r" not (?:only|just|least|to be)", source.text[m.start() :])
    ]
    if not found:
        return None
    match = rng.choice(found)
    return _draft(source, source.text[: match.start()] + source.text[match.end() :])


def added_not(source: Source, rng: random.Random) -> DraftLine | None:
    """A denial, put in."""
    found = list(_AUXILIARY.finditer(source.text))
    if not found:
        return None
    match = rng.choice(found)
    return _draft(source, source.text[: match.end()] + " not" + source.text[match.end() :])


def tail(source: Source, rng: random.Random) -> DraftLine | None:
    """Something added at the end: made up, or of another article."""
    foreign = re.findall(
        r", (?:and|which|but|after|while|with) [a-z][^,.“”\"]{24,90}(?=\.)", source.other.body
    )
    ending = rng.choice(foreign) if foreign and rng.random() < 0.5 else rng.choice(_TAILS)
    return _draft(source, source.text[:-1] + ending + ".")


def speaker(source: Source, rng: random.Random) -> DraftLine | None:
    """Somebody's words, given to another person of the same article, or else of the other one."""
    if source.speaker is None or source.speaker.kind != "named" or ";" in source.speaker.name:
        return None
    surname = source.speaker.name.split()[-1]
    full = source.speaker.name if source.speaker.name in source.text else surname
    people = [
        one.name
        for one in source.speakers.people
        if one.name.split()[-1] != surname and one.name not in source.text
    ]
    people = [one for one in people if surname not in one and one.split()[-1] not in source.text] or [
        "Maria Keller"
    ]
    if full not in source.text or len(surname) < 3 or not surname[0].isupper():
        return None
    return _draft(source, source.text.replace(full, rng.choice(people)))


def roles(source: Source, rng: random.Random) -> DraftLine | None:
    """Two names that change places, with something done between them."""
    found = [
        m for m in re.finditer(r"(?<![\w’'-])[A-Z][a-z]{3,}(?![\w’'-])", source.text) if m[0] in source.names
    ]
    pairs = [
        (one, other)
        for one in found
        for other in found
        if one.end() < other.start()
        and one[0][:4] != other[0][:4]
        and source.text.count(one[0]) == source.text.count(other[0]) == 1
        and re.search(r"\b[a-z]+(?:ed|s)\b (?!and\b)", source.text[one.end() : other.start()])
        and not re.search(
            r"\b(?:and|or|with|between|near|like)\b|[,;:—–]", source.text[one.end() : other.start()]
        )
        and not {one[0], other[0]} & {*_DAYS, *_MONTHS}
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    text = source.text
    between = text[one.end() : other.start()]
    return _draft(source, text[: one.start()] + other[0] + between + one[0] + text[other.end() :])


def date(source: Source, rng: random.Random) -> DraftLine | None:
    """A weekday, a month, a day or a year."""
    found = [m for word in (*_DAYS, *_MONTHS) for m in re.finditer(rf"\b{word}\b", source.text)]
    found += list(re.finditer(r"(?<=in )(?:19|20)\d\d\b", source.text))
    if not found:
        return None
    match = rng.choice(found)
    if match[0].isdigit():
        new = str(int(match[0]) + rng.choice([-2, -1, 1, 2, 10]))
    else:
        pool = _DAYS if match[0] in _DAYS else _MONTHS
        new = rng.choice([word for word in pool if word != match[0] and word not in source.text])
    return _draft(source, source.text[: match.start()] + new + source.text[match.end() :])


def owner(source: Source, rng: random.Random) -> DraftLine | None:
    """Somebody's claim as plain fact: "…, X said." without X."""
    match = _CLOSING.search(source.text)
    if match is None or source.speaker is None or match.start() < 30:
        return None
    if source.speaker.name.split()[-1] in source.text[: match.start()]:
        return None  # whose claim it is still stands there
    text = source.text[: match.start()].replace("“", "").replace('"', "") + "."
    return _draft(source, text)


def quote(source: Source, rng: random.Random) -> DraftLine | None:
    """A word of a quotation."""
    match = _QUOTE.search(source.text)
    words = list(_LONG.finditer(match[1])) if match else []
    if match is None or not words:
        return None
    word = rng.choice(words)
    others = [w for w in _LONG.findall(source.article.body) if w not in source.text and w not in _PLAIN]
    if not others:
        return None
    at = match.start(1)
    text = source.text[: at + word.start()] + rng.choice(others) + source.text[at + word.end() :]
    return _draft(source, text)


def hedge(source: Source, rng: random.Random) -> DraftLine | None:
    """A figure or a claim made exact: without "nearly", "may", "reportedly"."""
    found = list(_HEDGES.finditer(source.text))
    if not found:
        return None
    match = rng.choice(found)
    return _draft(source, source.text[: match.start()] + source.text[match.end() :])


def opposite(source: Source, rng: random.Random) -> DraftLine | None:
    """A word for its opposite."""
    found = [m for word in _OPPOSITES for m in re.finditer(rf"\b{word}\b", source.text)]
    found = [m for m in found if _OPPOSITES[m[0]] not in source.text]
    if not found:
        return None
    match = rng.choice(found)
    return _draft(source, source.text[: match.start()] + _OPPOSITES[match[0]] + source.text[match.end() :])


FORGERS: Mapping[str, Forger] = {
    "digit changed": digit,
    "unit or size changed": unit,
    "name changed": name,
    "“not” dropped": dropped_not,
    "“not” added": added_not,
    "tail invented": tail,
    "speaker changed": speaker,
    "roles swapped": roles,
    "date changed": date,
    "owner dropped": owner,
    "quotation altered": quote,
    "“nearly”, “may” dropped": hedge,
    "turned into the opposite": opposite,
}
