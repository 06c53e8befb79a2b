"""A name the archive does not have into the spelling it has: "Lavroff" → "Lavrov".

Two ways of writing one name in Latin letters are taken for each other (`same_name`): they differ only where
transliterations from Cyrillic, Armenian or Arabic do. Another near spelling is only offered, never taken:
"Petrov" and "Petrova" are two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from index.letters import folded, normalized

# What transliterations write in more than one way; applied in order to lower-case letters without accents.
_SPELLINGS = (
    (r"off\b", "ov"), (r"eff\b", "ev"), (r"ow\b", "ov"), (r"ew\b", "ev"),
    (r"(?:iy|yy|ij|ii|yi|ey|ei|y|j)\b", "i"), (r"(?:iye|ye|ie|je|yo|jo)", "e"), (r"(?:ya|ja|ia)", "a"),
    (r"(?:yu|ju|iu)", "u"), (r"kh|gh", "h"), (r"ks", "x"), (r"tch|tsch|tsh", "ch"), (r"sch", "sh"),
    (r"dzh", "j"), (r"ts|tz", "c"), (r"ou|oo", "u"), (r"ee", "i"), (r"w", "v"), (r"q|ck", "k"), (r"y", "i"),
    (r"(.)\1", r"\1"),
)  # fmt: skip
# The part of the letters that stays: one of four may be mistyped; "Francis" / "France" 0.71. Of 741 names
# with a letter mistyped, 721 are found among those of 12 articles; of 750 others, 122 get an offer.
_NEAR = 0.75
_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-zа-я][\w’'-]{3,}")


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name as different transliterations write it."""
    return len(one) > 3 and _folded(one) == _folded(other)


def names_in(texts: Iterable[str]) -> list[str]:
    """The capitalised words of four letters or more in texts, each once, most frequent first."""
    counts: dict[str, int] = {}
    for text in texts:
        for found in _CAPITALISED.findall(text):
            name = found.removesuffix("’s").removesuffix("'s")
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])


def typed_plainly(question: str, known: Sequence[str]) -> list[str]:
    """The words of a question that are known names in plain letters: "Soren" where "Søren" is known.

    They are found as they are, but the encoder and the reader know them apart.
    """
    marked = {folded(name) for name in known if folded(name) != name.lower()}
    words = dict.fromkeys(re.findall(r"[^\W\d_]{4,}", question))
    return [word for word in words if word not in known and word.lower() in marked]


def nearest_name(missing: str, known: Iterable[str]) -> str | None:
    """The known name spelled most like a missing one, with the same first letter; None if none is near."""
    near = [name for name in known if folded(name)[:1] == folded(missing)[:1]]
    best = max(near, key=lambda name: _likeness(missing, name), default=None)
    return best if best and len(missing) > 3 and _likeness(missing, best) >= _NEAR else None


def _likeness(one: str, other: str) -> float:
    """How alike two names are as they are written, or as transliterations may write them."""
    written, spelled = (folded(one), folded(other)), (_folded(one), _folded(other))
    return max(DamerauLevenshtein.normalized_similarity(*pair) for pair in (written, spelled))


def _folded(name: str) -> str:
    plain = folded(normalized(name, "NFKC"))
    for pattern, spelling in _SPELLINGS:
        plain = re.sub(pattern, spelling, plain)
    return plain
