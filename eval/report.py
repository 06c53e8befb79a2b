"""A run into one page that can be shown to an editor: self-contained, without scripts, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bot.showing.articles_json import ArticleRef, CitationBody
from eval.cases import Case
from eval.compare import Change, Flip
from eval.gate import Fault
from eval.measures import BY_NAME, MEASURES, Measure
from eval.metrics.answer_match import holds
from eval.plots import plot_latency, plot_risk_coverage
from eval.runs import CaseResult, Run
from eval.summary import Mean, Summary
from eval.tables import BY_KIND, TOTALS, total_words
from eval.verdicts import Verdict

TEMPLATE = Path(__file__).parent / "report.html"
FOUND = 5  # hits listed a case
FEWEST = 5  # cases that a sentence at the top may speak of


@dataclass(frozen=True)
class Compared:
    """What changed since the run called `before`."""

    before: str
    changes: Sequence[Change]
    flipped: Sequence[Flip]


class Piece(NamedTuple):
    """A run of a quote; `answers` where it holds an expected answer."""

    text: str
    answers: bool


class Quote(NamedTuple):
    """A citation with the text around it."""

    number: int
    before: str
    pieces: list[Piece]
    after: str
    article: ArticleRef


class Found(NamedTuple):
    """An article that was found, at its rank; `right` is None where no article is expected."""

    rank: int
    article: str
    right: bool | None


@dataclass(frozen=True)
class Card:
    """One case as the page shows it."""

    verdict: Verdict
    state: str
    asked_with: str
    sentences: list[tuple[str, list[int], str | None]]
    quotes: list[Quote]
    nearest: list[Quote]
    found: list[Found]


@dataclass(frozen=True)
class Tile:
    """One figure in large type."""

    value: str
    label: str
    note: str
    state: str = ""


def write_report(
    path: Path,
    run: Run,
    *,
    summary: Summary,
    verdicts: Sequence[Verdict],
    faults: Sequence[Fault] | None = None,
    compared: Compared | None = None,
) -> None:
    """Write the page; `faults` None: the run was not held against the gate."""
    from jinja2 import Environment, StrictUndefined

    pages = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    times = [one.answer_ms for one in run.asked if one.answer_ms is not None]
    page = pages.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        run=run,
        summary=summary,
        lead=lead(summary, run.asked),
        tiles=tiles(summary),
        columns=[BY_NAME[name] for name in BY_KIND if name in summary.overall],
        figures=_figures(summary),
        totals=[
            (TOTALS[name], total_words(name, value))
            for name, value in summary.totals.items()
            if value is not None
        ],
        plots=[plot for plot in (plot_risk_coverage(summary.curve), plot_latency(times)) if plot],
        faults=faults,
        compared=compared,
        labels={measure.name: measure.label for measure in MEASURES},
        good=is_good,
        cards=[card(one) for one in verdicts],
        wrong=sum(one.right is False for one in verdicts),
    )
    path.write_text(page, encoding="utf-8")


def lead(summary: Summary, asked: Sequence[CaseResult]) -> list[str]:
    """The run in a few plain sentences."""
    told = []
    if right := summary.overall.get("right"):
        told.append(
            f"Of {right.cases:,} questions, {_times(right):,} were handled rightly ({_share(right.value)}): "
            "answered with what was expected, or declined where the archive does not say."
        )
    quotes = sum(len(one.answer.all_citations()) for one in asked if one.answer)
    if exact := summary.overall.get("exactness"):
        whole = "Every one of" if exact.value == 1 else f"{_share(exact.value)} of"
        told.append(f"{whole} the {quotes:,} quotes shown stands word for word in its article.")
    wrong = summary.overall.get("wrong_speaker")
    if wrong and wrong.cases >= FEWEST:
        mouths = f"words were put into the wrong mouth {_count(_times(wrong))}."
        told.append(f"In {wrong.cases:,} answers whose speaker is known, {mouths}")
    half = summary.totals.get("answer_ms_p50")
    if half is not None:
        told.append(f"Half of the answers were there within {half:,.0f} milliseconds.")
    return told


def tiles(summary: Summary) -> list[Tile]:
    """The figures to look at first."""
    chosen = [
        ("right", "handled rightly", "all questions"),
        ("match", "answers that hold what was expected", "answerable questions"),
        ("abstained", "declined where it should", "questions without an answer"),
        ("answered", "answered where it can", "answerable questions"),
        ("exactness", "quotes word for word", "every quote shown"),
        ("right_article", "citations of an article that answers", "all citations"),
        ("hit@5", "right article among the first five", "search"),
    ]
    made = []
    for name, label, note in chosen:
        mean = summary.overall.get(name)
        if mean is not None:
            state = "bad" if name == "exactness" and mean.value < 1 else ""
            made.append(Tile(_share(mean.value), label, f"{note}, {mean.cases:,} cases", state))
    if (p95 := summary.totals.get("answer_ms_p95")) is not None:
        made.append(Tile(f"{p95:,.0f} ms", "95 % of answers within", "one question at a time"))
    return made


def card(verdict: Verdict) -> Card:
    """A case as the page shows it."""
    case, asked = verdict.case, verdict.asked
    answer = asked.answer
    cited = answer.citations if answer else ()
    nearest = answer.abstention.nearest if answer and answer.abstention else ()
    return Card(
        verdict,
        {True: "right", False: "wrong", None: "unjudged"}[verdict.right],
        asked_with(case),
        [(one.text, list(one.citations), one.speaker) for one in (answer.sentences if answer else ())],
        _quotes(cited, asked.around, case),
        _quotes(nearest, asked.around[len(cited) :], case),
        _found(asked, case),
    )


def asked_with(case: Case) -> str:
    """The filters and the earlier questions, in words; empty without any."""
    filters = case.filters
    parts = [f"after “{earlier}”" for earlier in case.history]
    parts += [f"only {', '.join(filters.outlet)}"] if filters.outlet else []
    for name, value in (("since", filters.since), ("until", filters.until), ("as of", filters.as_of)):
        parts += [f"{name} {value}"] if value else []
    return "; ".join(parts)


def pieces(quote: str, case: Case) -> list[Piece]:
    """The quote cut at the expected answers and quotes that stand in it, longest first."""
    expected = {*case.quotes, *(alternative for group in case.answer or () for alternative in group)}
    ordered = sorted((one for one in expected if holds(quote, one)), key=len, reverse=True)
    if not ordered:
        return [Piece(quote, answers=False)]
    any_of = "|".join(map(re.escape, ordered))
    cut = re.split(rf"(?<!\w)({any_of})(?!\w)", quote, flags=re.IGNORECASE)
    return [Piece(text, answers=bool(place % 2)) for place, text in enumerate(cut) if text]


def is_good(change: Change) -> str:
    """How to colour a change: "good", "bad", or "" within noise."""
    if not change.beyond_noise:
        return ""
    lower = change.metric in BY_NAME and BY_NAME[change.metric].better == "lower"
    return "good" if (change.difference > 0) != lower else "bad"


def _quotes(citations: Sequence[CitationBody], around: Sequence[tuple[str, str]], case: Case) -> list[Quote]:
    return [
        Quote(shown.number, before, pieces(shown.quote, case), after, shown.article)
        for shown, (before, after) in zip(citations, around, strict=False)
    ]


def _found(asked: CaseResult, case: Case) -> list[Found]:
    expected = set(case.articles)
    return [
        Found(rank, article, article in expected if expected else None)
        for rank, article in enumerate(asked.ranked()[:FOUND], start=1)
    ]


def _figures(summary: Summary) -> list[tuple[Measure, Mean]]:
    return [
        (measure, summary.overall[measure.name]) for measure in MEASURES if measure.name in summary.overall
    ]


def _share(value: float) -> str:
    """With a no-break space, and no decimal where it says nothing."""
    return f"{100 * value:.0f}\u00a0%" if value in (0, 1) else f"{100 * value:.1f}\u00a0%"


def _times(mean: Mean) -> int:
    return round(mean.value * mean.cases)


def _count(times: int) -> str:
    return {0: "not once", 1: "once", 2: "twice"}.get(times, f"{times} times")
