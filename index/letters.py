"""Letters into the plain ones that they are typed as: "Wałęsa" into "walesa", "Kjærgaard" into "kjaergaard".

Most marks come off by Unicode's decompositions. Some letters have none: ł, ø and ı are letters of their own.
They become what people type for them, as in Lucene's ASCIIFoldingFilter and PostgreSQL's unaccent; but ə is
an "e", as Azerbaijani names have it in passports and in the English press.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain, repeat
from typing import Literal

# On one letter: the bound of Unicode's Stream-Safe Text Format (UAX #15), far beyond what any language needs.
_MOST_MARKS = 30
_MAY_BE_MARKS = re.compile(rf"[\W\uff9e\uff9f]{{{_MOST_MARKS + 1},}}")  # no mark is a letter but ﾞ and ﾟ
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_PLAIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n", "ə": "e", "ɛ": "e",
    "ɔ": "o", "ɖ": "d", "ɗ": "d", "ɓ": "b", "ƙ": "k", "ɣ": "g", "ƴ": "y", "ɲ": "n", "ɨ": "i", "ʉ": "u",
    "ɵ": "o", "ƶ": "z", "ǥ": "g", "ƀ": "b", "ƒ": "f", "ĸ": "k",
    "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ĳ": "ij", "ŉ": "n",
}  # fmt: skip
_CAPITALS = {
    letter.upper(): plain.capitalize() for letter, plain in _PLAIN.items() if len(letter.upper()) == 1
}
_MARKS = dict.fromkeys(map(chr, range(0x300, 0x370)), "")  # that stand alone, as in "İ" in lower case
_LATIN = _PLAIN | _CAPITALS | {"ẞ": "SS"} | _MARKS


def normalized(text: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> str:
    """A text in one of Unicode's forms; of more than 30 marks in a row the first 30 are kept.

    `unicodedata.normalize` puts each mark among those before it: 1,000,000 on one letter take it 25 minutes.
    """
    if text.isascii():
        return text
    return unicodedata.normalize(form, _MAY_BE_MARKS.sub(_with_fewer_marks, text))  # noqa: TID251


def latin(text: str) -> str:
    """A text with plain letters for those that no mark makes; case and letters with marks stay."""
    if text.isascii():
        return text
    for letter in _LATIN.keys() & _FOREIGN.findall(text):  # six times as fast as `str.translate`
        text = text.replace(letter, _LATIN[letter])
    return text


def folded(text: str) -> str:
    """In lower case, without marks, in plain letters: how words are compared."""
    return latin(unmarked(text))


def folded_at(text: str) -> tuple[str, list[int] | None]:
    """`folded`, and of each of its letters where it stands in the text; None: where it stands itself."""
    lower = unmarked(text)
    plain = latin(lower)
    if plain == lower or all(len(latin(letter)) == 1 for letter in set(_FOREIGN.findall(lower))):
        return plain, None
    places = chain.from_iterable(repeat(n, len(latin(letter))) for n, letter in enumerate(lower))
    return plain, list(places)


def unmarked(text: str) -> str:
    """In lower case and without marks; letters keep their places."""
    lower = text.lower()
    if lower.isascii():
        return lower
    if len(lower) != len(text):  # "İ" becomes two letters
        lower = "".join(letter.lower()[0] for letter in text)
    for letter in set(_FOREIGN.findall(lower)):
        plain = _bare(letter)
        if plain != letter:
            lower = lower.replace(letter, plain)
    return lower


@lru_cache(maxsize=10_000)
def _bare(letter: str) -> str:
    return normalized(letter, "NFD")[0]


def _with_fewer_marks(run: re.Match[str]) -> str:
    kept, marks = list[str](), 0
    for letter in run[0]:
        marks = marks + 1 if _is_mark(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


@lru_cache(maxsize=10_000)
def _is_mark(letter: str) -> bool:
    """Whether a letter begins with a mark once it is taken apart: a few that do are none by themselves."""
    return unicodedata.combining(unicodedata.normalize("NFKD", letter)[0]) > 0  # noqa: TID251
