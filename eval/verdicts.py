"""A case and what came back into what a person is told of it: expected this, came that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.cases import Case
from eval.compare import Scores
from eval.runs import CaseResult


@dataclass(frozen=True)
class Verdict:
    """One case in words; `right` is None where nothing was expected."""

    case: Case
    asked: CaseResult
    right: bool | None
    expected: str
    came: str
    faults: tuple[str, ...]


def verdicts(cases: Sequence[Case], asked: Mapping[str, CaseResult], *, scores: Scores) -> list[Verdict]:
    """One a case that was asked, in order."""
    right = scores.get("right", {})
    return [
        Verdict(
            case,
            asked[case.id],
            right[case.id] == 1.0 if case.id in right else None,
            expected_words(case),
            came_words(asked[case.id]),
            tuple(_faults(case, asked[case.id], scores)),
        )
        for case in cases
        if case.id in asked
    ]


def expected_words(case: Case) -> str:
    """What should have come, in one line."""
    if case.to_abstain:
        missing = f" (missing: {', '.join(case.missing)})" if case.missing else ""
        return f"no answer{': ' + case.reason if case.reason else ''}{missing}"
    if case.answer is None:
        return "only what is found is judged"
    groups = " + ".join(" / ".join(group) for group in case.answer)
    return f"{groups}, said by {case.speaker}" if case.speaker else groups


def came_words(asked: CaseResult) -> str:
    """What came, in one line."""
    if asked.error is not None:
        return asked.error
    if asked.answer is None:
        return "only searched"
    if asked.answer.abstention:
        given = asked.answer.abstention
        missing = f" (missing: {', '.join(given.missing)})" if given.missing else ""
        quotes = " | ".join(one.quote for one in asked.answer.closest)
        closest = f": {' '.join(quotes.split())}" if quotes else ""
        return f"no answer: {given.reason}{missing}{closest}"
    said = (
        f"{sentence.speaker}: {sentence.text}" if sentence.speaker else sentence.text
        for sentence in asked.answer.sentences
    )
    return " ".join(" | ".join(said).split())


def _faults(case: Case, asked: CaseResult, scores: Scores) -> list[str]:
    """What is wrong with it, each in a few words."""

    def of(metric: str) -> float | None:
        return scores.get(metric, {}).get(case.id)

    found = {
        "failed": asked.error is not None,
        "answered, though nothing answers it": of("abstained") == 0,
        "abstained, though it can be answered": of("withheld") == 1,
        "not sure, and the answer is not first": of("unsure_other") == 1,
        "not sure, with the answer first": of("unsure_first") == 1,
        "lacks an expected answer": of("answered") == 1 and of("match") == 0,
        "gives a wrong answer": of("wrong_answer") == 1,
        "a quote is not exact": of("exactness") not in (None, 1.0),
        "another speaker is named": of("wrong_speaker") == 1,
        "another reason is given": of("reason") == 0,
        "no right article is cited": of("right_article") == 0,
        "no right article was found": of("hit@5") == 0,
    }
    return [words for words, is_so in found.items() if is_so]
