"""The scores and times of a run into the tables that people read: overall, and by kind of case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.cases import Case
from eval.compare import Scores
from eval.metrics.abstention import Decision, abstention_precision, abstention_recall
from eval.metrics.cost import Prices, Usage, cost, tokens
from eval.metrics.percentile import percentile
from eval.metrics.risk_coverage import Point, area_under_risk_coverage, risk_coverage
from eval.runs import CaseResult


@dataclass(frozen=True)
class Mean:
    """A metric's mean over the `cases` it applies to."""

    value: float
    cases: int


@dataclass(frozen=True)
class KindRow:
    """One kind of case: how many, and each metric's mean over them."""

    kind: str
    cases: int
    means: Mapping[str, Mean]


@dataclass(frozen=True)
class Summary:
    """Everything that is one number a run. `overall` has every mean; `totals` what is no mean over cases.

    In `totals` a value is None where it does not apply: no LLM, nothing abstained on, no confidence given.
    """

    overall: Mapping[str, Mean]
    kinds: tuple[KindRow, ...]
    totals: Mapping[str, float | None]
    curve: tuple[Point, ...]

    def numbers(self) -> dict[str, float | None]:
        """Every figure by its name, as it is kept and held against thresholds."""
        return {name: mean.value for name, mean in self.overall.items()} | dict(self.totals)


def summarise(
    cases: Sequence[Case], asked: Mapping[str, CaseResult], *, scores: Scores, prices: Prices | None = None
) -> Summary:
    """The tables of a run over the cases that were asked."""
    done = [case for case in cases if case.id in asked]
    kinds = list(dict.fromkeys(case.kind for case in done))
    members = {kind: [case.id for case in done if case.kind == kind] for kind in kinds}
    rows = tuple(KindRow(kind, len(ids), _means(scores, ids)) for kind, ids in members.items())
    curve = tuple(_curve(asked, scores.get("right", {})))
    totals = (
        _abstention(done, asked)
        | {"aurc": area_under_risk_coverage(curve)}
        | _times(list(asked.values()))
        | _spent(list(asked.values()), prices)
    )
    return Summary(_means(scores, [case.id for case in done]), rows, totals, curve)


def _means(scores: Scores, ids: Sequence[str]) -> dict[str, Mean]:
    chosen = {name: [values[one] for one in ids if one in values] for name, values in scores.items()}
    return {name: Mean(fmean(values), len(values)) for name, values in chosen.items() if values}


def _abstention(cases: Sequence[Case], asked: Mapping[str, CaseResult]) -> dict[str, float | None]:
    decisions = [
        Decision(answer.abstention is not None, case.to_abstain)
        for case in cases
        if (answer := asked[case.id].answer) and (case.to_abstain or case.answer is not None)
    ]
    precision, found = abstention_precision(decisions), abstention_recall(decisions)
    both = 2 * precision * found / (precision + found) if precision and found else None
    return {"abstention_precision": precision, "abstention_recall": found, "abstention_f1": both}


def _curve(asked: Mapping[str, CaseResult], right: Mapping[str, float]) -> list[Point]:
    """Over what was answered and told its confidence; what should not have been answered counts as wrong."""
    sure = [
        (answer.confidence, right[case] == 1.0)
        for case, one in asked.items()
        if case in right
        and (answer := one.answer)
        and not answer.abstention
        and answer.confidence is not None
    ]
    return risk_coverage([confidence for confidence, _ in sure], [correct for _, correct in sure])


def _times(asked: Sequence[CaseResult]) -> dict[str, float | None]:
    answers = [one.answer_ms for one in asked if one.answer_ms is not None]
    searches = [one.search_ms for one in asked if one.search_ms is not None]
    return {
        "answer_ms_p50": percentile(answers, 50),
        "answer_ms_p95": percentile(answers, 95),
        "search_ms_p50": percentile(searches, 50),
        "search_ms_p95": percentile(searches, 95),
    }


def _spent(asked: Sequence[CaseResult], prices: Prices | None) -> dict[str, float | None]:
    usages = [
        Usage(one.answer.usage.input, one.answer.usage.output)
        for one in asked
        if one.answer and one.answer.usage
    ]
    together = (
        Usage(sum(usage.input for usage in usages), sum(usage.output for usage in usages)) if usages else None
    )
    spent = tokens(together)
    return {"tokens": None if spent is None else float(spent), "cost": cost(together, prices)}
