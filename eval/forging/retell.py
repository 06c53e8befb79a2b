"""True sentences into true drafts: quotations, and retellings that keep what is said."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from datetime import date

from bot.language.words import listed
from bot.verify.records import Drafted
from eval.forging.material import Source

Reteller = Callable[[Source, random.Random], Drafted | None]

_ONES = listed("zero one two three four five six seven eight nine ten eleven twelve")
_SAME = {
    "began": "started", "start": "begin", "started": "began", "said that": "stated that", "buy": "purchase",
    "bought": "purchased", "killed": "slain", "nearly": "almost", "almost": "nearly", "about": "around",
    "more than": "over", "many": "numerous", "whole": "entire", "help": "assist", "ended": "finished",
    "because": "since", "but": "yet", "large": "big", "big": "large", "quickly": "rapidly",
    "several": "a number of",
    "however": "yet", "film": "movie", "children": "kids", "doctors": "physicians",
    "attempt": "try", "across": "throughout", "while": "whereas", "firm": "company", "company": "firm",
    "officials": "authorities", "authorities": "officials", "announced": "declared", "asked": "requested",
    "received": "got", "shows": "reveals", "showed": "revealed", "required": "needed", "employees": "workers",
    "workers": "employees", "purchase": "buy", "percent": "per cent", "per cent": "percent",
    "died": "were killed",
    "injured": "wounded", "released": "published", "car": "vehicle", "cars": "vehicles", "home": "house",
    "picked": "chosen", "chosen": "selected", "huge": "massive", "deal": "agreement", "agreement": "deal",
}  # fmt: skip
_DAYS = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_DATE = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|"
    r"December) (\d{1,2})(?:, (\d{4}))?(?![-–\w]|,\d| through)"
)
_CLOSING = re.compile(
    r"^(?P<what>[^“”\"]{30,}?), (?P<who>[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,3}|he|she|officials|"
    r"police) (?:said|says)\.$"
)
_OPENING = re.compile(
    r"^(?P<who>(?:[A-Z][\w’'.-]+)(?: [A-Z][\w’'.-]+){0,3}) (?:said|says) (?:that )?(?P<what>[^“”\"]{30,})\.$"
)
_LAST_CLAUSE = re.compile(
    r"^(?P<kept>[^,;:“”\"]{40,}), (?:which|where|after|while|with|amid)\b[^.“”\"]{10,}\.$"
)
_FIRST_CLAUSE = re.compile(
    r"^(?:On [A-Z][a-z]+day|Last week|In recent years|Meanwhile|However|Still|Yet|"
    r"Earlier), (?P<kept>[^“”\"]{40,})$"
)
_QUOTED = re.compile(r"(?<![^ ])[“\"]([A-Z][^“”\"]{24,240}[.,])[”\"](?=[ .,]|$)")
_PRONOUN = re.compile(
    r"(?i)\b(?:he|she|they|it) (?:also |later |further )?(?:said|says|told|added|wrote|noted|explained)\b"
)


def _draft(source: Source, text: str | None) -> Drafted | None:
    if not text or text == source.text or _PRONOUN.search(text):
        return None  # a draft has to say who speaks
    return Drafted(text, (1,), ((1, source.text),))


def verbatim(source: Source, rng: random.Random) -> Drafted | None:
    """The sentence itself, with other quotation marks and dashes."""
    text = source.text.translate(str.maketrans("“”‘’—–", "\"\"''--"))
    return Drafted(text, (1,), ((1, rng.choice([source.text, text])),))


def part(source: Source, rng: random.Random) -> Drafted | None:
    """The sentence, with a part of it named as relied on."""
    words = source.text.split()
    start = rng.randrange(0, len(words) - 6)
    piece = " ".join(words[start : start + rng.randrange(5, 12)])
    return (
        Drafted(source.text, (1,), ((1, piece.strip(',.;:“”"')),)) if piece in source.article.body else None
    )


def spoken(source: Source, rng: random.Random) -> Drafted | None:
    """Direct speech with who said it."""
    match = _QUOTED.search(source.text)
    if (
        match is None
        or source.speaker is None
        or source.speaker.kind != "named"
        or ";" in source.speaker.name
    ):
        return None
    said = match[1].rstrip(",.")
    if match[1].count(" ") < 4 or not source.speaker.name[0].isupper():
        return None
    return Drafted(f'{source.speaker.name} said: "{said}."', (1,), ((1, said),))


def figures(source: Source, rng: random.Random) -> Drafted | None:
    """Small figures in digits for words, or in words for digits."""
    written = [
        m
        for n, word in enumerate(_ONES[2:], start=2)
        for m in re.finditer(rf"(?<!-)\b{word}\b(?! of the|-)", source.text)
    ]
    digits = list(re.finditer(r"(?<![\w.,$£€:/-])(?<![a-z]\. )(?:[2-9]|1[0-2])(?= [a-z])", source.text))
    digits = [
        m
        for m in digits
        if not re.match(r" [ap]\.?m|  ?(?:million|billion|percent|per cent)", source.text[m.end() :])
    ]
    if not written and not digits:
        return None
    match = rng.choice(written or digits)
    new = str(_ONES.index(match[0])) if match[0] in _ONES else _ONES[int(match[0])]
    return _draft(source, source.text[: match.start()] + new + source.text[match.end() :])


def synonym(source: Source, rng: random.Random) -> Drafted | None:
    """One word for another that means the same."""
    found = [m for word in _SAME for m in re.finditer(rf"(?<!% )\b{word}\b", source.text)]
    if not found or re.search(r"[“”\"]", source.text):
        return None
    match = rng.choice(found)
    return _draft(source, source.text[: match.start()] + _SAME[match[0]] + source.text[match.end() :])


def day(source: Source, rng: random.Random) -> Drafted | None:
    """A date in another form, or the weekday's date."""
    match = _DATE.search(source.text)
    if match:
        text = f"{match[2]} {match[1]}" + (f" {match[3]}" if match[3] else "")
        return _draft(source, source.text[: match.start()] + text + source.text[match.end() :])
    weekday = re.search(rf"\bon ({'|'.join(_DAYS)})(?=[,. ])(?! (?:and|to|or)\b)", source.text)
    told = source.article.published
    if (
        weekday is None
        or not told
        or len(told) < 10
        or re.search(r"\b(?:will|next|until|last|due|by)\b|\d", source.text)
    ):
        return None
    published = date.fromisoformat(told[:10])
    back = (published.weekday() - _DAYS.index(weekday[1])) % 7
    if back == 0:
        return None  # the day itself, or the week before
    on = date.fromordinal(published.toordinal() - back)
    words = f"on {on.day} {on:%B} {on.year}"
    return _draft(source, source.text[: weekday.start()] + words + source.text[weekday.end() :])


def turned(source: Source, rng: random.Random) -> Drafted | None:
    """Lavrov’s words before him for his words after him, and the other way round."""
    if match := _CLOSING.match(source.text):
        what = match["what"]
        first = what.split()[0]
        lowered = (
            what if first in source.names or first == "I" or first.isupper() else what[0].lower() + what[1:]
        )
        if match["who"].lower() in ("he", "she", "they", "it"):
            return None
        who = match["who"][0].upper() + match["who"][1:]
        return _draft(source, f"{who} said that {lowered}.")
    match = _OPENING.match(source.text)
    if match and match["who"].lower() not in ("he", "she", "they", "it"):
        what = match["what"]
        return _draft(source, f"{what[0].upper()}{what[1:]}, according to {match['who']}.")
    return None


def shorter(source: Source, rng: random.Random) -> Drafted | None:
    """A sentence without a clause that only adds something."""
    if source.speaker is not None:
        return None
    if match := _LAST_CLAUSE.match(source.text):
        return _draft(source, match["kept"] + ".")
    if match := _FIRST_CLAUSE.match(source.text):
        return _draft(source, match["kept"][0].upper() + match["kept"][1:])
    return None


def outlet(source: Source, rng: random.Random) -> Drafted | None:
    """The outlet's own sentence, said to be its."""
    name = source.article.outlet
    if source.speaker is not None or not name or "“" in source.text or '"' in source.text:
        return None
    first = source.text.split()[0]
    kept = first in source.names or not first.isalpha() or first == "I" or first.isupper()
    text = source.text if kept else source.text[0].lower() + source.text[1:]
    return _draft(source, rng.choice([f"According to {name}, {text}", f"{name} reports that {text}"]))


def rounded(source: Source, rng: random.Random) -> Drafted | None:
    """A large figure, rounded and said to be so."""
    match = re.search(r"(?<![\w.,$£€])\d{1,3},\d{3}(?![\w,.]\d|[,.]\d|-)", source.text)
    if match is None or re.search(
        r"(?:than|about|nearly|least|over|around|some|to|almost|roughly) $", source.text[: match.start()]
    ):
        return None
    value = int(match[0].replace(",", ""))
    size = 10 ** (len(str(value)) - 2)
    near = round(value / size) * size
    if near == value:
        return None
    word = "nearly" if near > value else "more than"
    return _draft(source, f"{source.text[: match.start()]}{word} {near:,}{source.text[match.end() :]}")


def twice(source: Source, rng: random.Random) -> Drafted | None:
    """Two retellings of one sentence."""
    ways = [figures, synonym, day, turned, shorter]
    rng.shuffle(ways)
    text = source.text
    done = 0
    for way in ways:
        made = way(source, rng)
        if made and done == 0:
            text, done = made.text, 1
    again = [m for word in _SAME for m in re.finditer(rf"(?<![“\"])\b{word}\b", text)]
    if not done or not again or "“" in text or '"' in text:
        return None
    match = rng.choice(again)
    return _draft(source, text[: match.start()] + _SAME[match[0]] + text[match.end() :])


QUOTES: Mapping[str, Reteller] = {"whole sentence": verbatim, "part relied on": part, "direct speech": spoken}
RETELLINGS: Mapping[str, Reteller] = {
    "figure in words or digits": figures,
    "a synonym": synonym,
    "a date in another form": day,
    "“X said that …” turned": turned,
    "a clause left out": shorter,
    "the outlet named": outlet,
    "a figure rounded": rounded,
    "two of these": twice,
}
