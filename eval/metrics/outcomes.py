"""Outcomes: what came of questions that can be answered?

    answered      the archive's words are given as the answer
    unsure first  not sure, and the first quotation holds every expected answer
    unsure other  not sure, and it does not
    withheld      told that nothing there answers

Each question has exactly one, so that their shares add up to 1. Answers withheld apart from wrong ones as in
Kamath, Jia, Liang: Selective question answering under domain shift, ACL 2020; what is shown as uncertain is
neither. `in_first` counts every first quotation that a person reads as a possible answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from eval.metrics.answer_match import Groups, answer_match

Outcome = Literal["answered", "unsure_first", "unsure_other", "withheld"]


def outcome(reason: str | None, nearest: Sequence[str], expected: Groups) -> Outcome:
    """What came of a question; `reason` is None where it was answered, `nearest` is quoted, best first."""
    if reason is None:
        return "answered"
    if reason != "unsure":
        return "withheld"
    return "unsure_first" if holds_all(nearest[:1], expected) else "unsure_other"


def holds_all(quotes: Sequence[str], expected: Groups) -> bool:
    """Whether the quotations together hold every expected answer."""
    return bool(quotes) and answer_match("\n".join(quotes), expected) == 1.0
