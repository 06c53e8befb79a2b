"""True sentences into false ones by a mark, a sign or a capital: what a reader hardly sees."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from bot.proof.records import DraftLine
from eval.studies.forging.forge import Forger
from eval.studies.forging.material import Source

_MARK = re.compile(r"[,;:—–“”\"()$£€%?]|(?<!\w)[-−](?=\d)|(?<=s)’(?= )")
_PUT_IN = (
    "@",
    "/",
    "~",
    "*",
    "≠ ",
    "¬",
    "❌ ",
    "👎 ",
    "-",
    "<",
    "‹",
    "❝",
    "「",
    "″",
    "〝",
    "＂",
    "``",
    "“",
    "(?) ",
)
_WITHIN = re.compile(r"(?<=\w )\w+")


def _draft(source: Source, start: int, end: int, put: str) -> DraftLine:
    """The draft with other letters in the place of `text[start:end]`."""
    return DraftLine(source.text[:start] + put + source.text[end:], (1,), ((1, source.text),))


def unmarked(source: Source, rng: random.Random) -> DraftLine | None:
    """A mark or sign left out."""
    found = list(_MARK.finditer(source.text[:-2]))
    return _draft(source, *rng.choice(found).span(), "") if found else None


def marked(source: Source, rng: random.Random) -> DraftLine | None:
    """A mark or sign put in before a word."""
    at = rng.choice(list(_WITHIN.finditer(source.text))).start()
    return _draft(source, at, at, rng.choice(_PUT_IN))


def recapitalised(source: Source, rng: random.Random) -> DraftLine | None:
    """A word within the sentence in other capitals: "US" → "us", "may" → "May"."""
    one = rng.choice([match for match in _WITHIN.finditer(source.text) if not match[0].isdigit()])
    other = one[0].lower() if one[0] != one[0].lower() else one[0].title()
    return _draft(source, *one.span(), other)


LETTERS: Mapping[str, Forger] = {
    "mark or sign dropped": unmarked,
    "mark or sign put in": marked,
    "capital changed": recapitalised,
}
