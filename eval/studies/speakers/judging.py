"""Whether who was found to say a sentence is who its labels say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bot.speaking.speaker import Speaker
from eval.studies.speakers.labels import Label

Outcome = Literal["right", "unclear", "wrong"]
_KINDS = {"named": "person", "unnamed": "unnamed", "body": "body", "outlet": "outlet", "unclear": "unclear"}
_SMALL = frozenset(
    ("the", "a", "an", "its", "his", "her", "their", "dr", "mr", "mrs", "ms", "prof", "professor", "sr", "jr")
)


def outcome(found: Speaker | None, labels: Sequence[Label]) -> Outcome:
    """Whether what was found is one of the labels; saying "unclear" where the article tells is not wrong.

    Several speakers are right where each of them has a label.
    """
    if any(_is(found, label) for label in labels) or (found and _are_all(found, labels)):
        return "right"
    return "unclear" if found and found.kind == "unclear" else "wrong"


def _are_all(found: Speaker, labels: Sequence[Label]) -> bool:
    """Whether somebody was found of several, and each by one of the labels."""
    names = found.name.split("; ")
    return len(names) > 1 and all(
        any(_same_name(name, label.name, person=label.kind == "person") for label in labels if label.name)
        for name in names
    )


def _is(found: Speaker | None, label: Label) -> bool:
    if found is None or label.kind == "own":
        return found is None and label.kind == "own"
    kind = _KINDS[found.kind]
    # "An unnamed official or body" is one label of four; who labelled `real_dev3` called outlets bodies, too.
    alike: list[set[str]] = [{kind}, {"unnamed", "body"}, {"outlet", "body"}]
    if not any({kind, label.kind} <= kinds for kinds in alike):
        return False
    names = [found.name] if kind == "person" else [found.name, found.role or found.name]  # "the NWS", in full
    return label.kind == "unclear" or any(
        _same_name(one, label.name, person=kind == "person") for one in names
    )


def _same_name(found: str, name: str, *, person: bool) -> bool:
    """Whether two wordings are of one speaker: "Lund", "Anna Lund"; "a firm", "a firm that paid"."""
    mine, theirs = _words(found), _words(name)
    if ";" in name or ";" in found:
        return set(mine) == set(theirs)
    if person:
        return mine[-1:] == theirs[-1:]
    short, long = sorted((mine, theirs), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w’'-]+", text.casefold()) if word not in _SMALL]
