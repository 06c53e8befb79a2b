"""Wrong speaker: are the asked-for words put into somebody else's mouth?

    wrong speaker = 1 if a sentence that carries the answer names a speaker who is not the expected one
    named speaker = 1 if one of them names the expected speaker; else each is 0

A sentence that names nobody is the outlet's own voice: not wrong, but not named either. Two names are one
person's if the words of one are among the words of the other ("Lavrov", "Foreign Minister Sergey Lavrov").
The errors counted are those of quotation attribution: Muzny et al.: A Two-stage Sieve Approach for Quote
Attribution, EACL 2017.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.answer_match import normalise


def wrong_speaker(speakers: Sequence[str | None], expected: str | None) -> float | None:
    """1.0 or 0.0; `speakers` has one a sentence that carries the answer; None where nothing is to judge."""
    if expected is None or not speakers:
        return None
    return float(any(name is not None and not same_person(name, expected) for name in speakers))


def named_speaker(speakers: Sequence[str | None], expected: str | None) -> float | None:
    """1.0 or 0.0; None where there is nothing to judge."""
    if expected is None or not speakers:
        return None
    return float(any(name is not None and same_person(name, expected) for name in speakers))


def same_person(one: str, other: str) -> bool:
    """Whether all words of one name are in the other."""
    first, second = set(normalise(one).split()), set(normalise(other).split())
    return bool(first and second) and (first <= second or second <= first)
