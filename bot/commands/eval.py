"""`dateline eval`: an eval set asked and counted, compared with an earlier run, held against the gate."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, print_json, say
from bot.commands.progress import progress_bars
from index.errors import BadSetting

if TYPE_CHECKING:
    from bot.settings import Settings
    from eval.cases import EvalSet
    from eval.compare import Change, Flip
    from eval.gate import Fault
    from eval.run import Selection
    from eval.runs import Run
    from eval.summary import Summary
    from eval.verdicts import Verdict

_SHUT_EXIT = 1


@click.command("eval", short_help="Measure the answers with an eval set.")
@click.argument("folder", metavar="[SET]", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--from-feedback", is_flag=True, help="Ask what readers marked on the page.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only cases of KIND; may be repeated.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Only N cases, the same sample each time."
)
@click.option(
    "--compare", "earlier", metavar="RUN", help="Say what changed since RUN: an id, a file, or latest."
)
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write an HTML page."
)
@click.option("--llm", is_flag=True, help="Let the language model of the settings write the answers.")
@click.option("--judge", is_flag=True, help="Have the language model of the settings grade the answers.")
@click.option("--gate", is_flag=True, help="Exit with 1 where a threshold is broken or a metric fell.")
@click.option("--failures", is_flag=True, help="Show every failed case: what was expected, what came, why.")
@click.option("--json", "as_json", is_flag=True, help="Print the run as JSON instead of tables.")
@click.pass_context
def eval_command(
    context: click.Context,
    folder: Path | None,
    from_feedback: bool,
    kinds: tuple[str, ...],
    limit: int | None,
    earlier: str | None,
    report: Path | None,
    llm: bool,
    judge: bool,
    gate: bool,
    failures: bool,
    as_json: bool,
) -> int:
    """Ask the cases of SET and count how good the answers are.

    SET is a folder with cases.jsonl and, unless the archive at hand is asked, articles.jsonl; each may be
    gzipped. Without SET the built-in cases are asked of seeds/. Every run is kept in HOME/eval/runs.

    \b
    Examples
      dateline eval                                  the built-in cases
      dateline eval my-cases/                        your own cases, of the archive at hand
      dateline eval --compare latest                 did this change make answers worse?
      dateline eval --report out.html                one page, every answer with its quotes
      dateline eval --kind quote --failures
      dateline eval --from-feedback                  what readers marked good or wrong on the page
      dateline eval --llm --compare latest           are answers better when a language model writes them?
    """
    from eval.cases import BUILT_IN, load_set
    from eval.run import Selection
    from eval.runs import load_run, runs_folder, save_run

    settings = current_settings(context)
    if from_feedback:
        folder = _feedback_folder(settings.home)
    eval_set, runs = load_set(folder or BUILT_IN), runs_folder(settings.home)
    if eval_set.claims:
        _print_claims(eval_set, as_json=as_json)
        return 0
    before = load_run(earlier, runs, set_name=eval_set.name) if earlier else None
    selection = Selection(kinds, limit)
    run, summary = _evaluate(settings, eval_set, selection, llm=llm, judge=judge)
    kept = save_run(run, runs)
    findings = _find_out(eval_set, run, summary, before=before, gate=gate)
    if report:
        _write_report(report, run, summary, findings)
    if as_json:
        print_json(findings.as_json(run))
    else:
        _print(run, summary, findings, failures=failures)
        say(f"kept as {kept}")
    return _SHUT_EXIT if findings.faults else 0


def _feedback_folder(home: Path) -> Path:
    folder = home / "eval" / "feedback"
    if not (folder / "cases.jsonl").is_file():
        raise click.ClickException(f"{folder}: nobody has marked an answer on the page yet")
    return folder


@dataclass(frozen=True)
class _Findings:
    """What a run shows; `changes` and `faults` are None where nothing was compared, or no gate was asked."""

    verdicts: list[Verdict]
    before: str | None
    changes: list[Change] | None
    flipped: list[Flip]
    faults: list[Fault] | None

    def as_json(self, run: Run) -> dict[str, object]:
        shown: dict[str, object] = run.model_dump(mode="json")
        shown["failed"] = [
            {"case": one.case.id, "expected": one.expected, "came": one.came, "faults": list(one.faults)}
            for one in self.verdicts
            if one.right is False
        ]
        if self.changes is not None:
            shown["compared"] = {"with": self.before, "changes": [vars(one) for one in self.changes]}
            shown["flipped"] = [vars(one) for one in self.flipped]
        if self.faults is not None:
            shown["gate"] = [str(fault) for fault in self.faults]
        return shown


def _evaluate(
    settings: Settings, eval_set: EvalSet, selection: Selection, *, llm: bool, judge: bool
) -> tuple[Run, Summary]:
    from bot.assemble import answering, language_model, load_encoder_for, load_encoder_of_archive, reader_for
    from bot.settings import effective
    from eval.llm_judge import LlmJudge
    from eval.run import Setting, asks_the_archive_at_hand, evaluate

    if (llm or judge) and not settings.llm.model:
        raise BadSetting("no language model is set up, expected 'llm.model', see `dateline settings`")
    writer = settings.llm if llm else None
    load = load_encoder_of_archive if asks_the_archive_at_hand(eval_set, selection) else load_encoder_for
    setting = Setting(
        home=settings.home,
        at_hand=settings.archive,
        encoder=load(settings, note=say),
        build=partial(answering, hits=settings.hits, reader=reader_for(settings), llm=writer),
        values=effective(settings),
        llm=writer.model if writer else None,
        judge=LlmJudge(*language_model(settings.llm)) if judge else None,
    )
    with progress_bars(shown=sys.stderr.isatty()) as bars:
        return evaluate(eval_set, selection, setting=setting, tell=bars.tell)


def _find_out(eval_set: EvalSet, run: Run, summary: Summary, *, before: Run | None, gate: bool) -> _Findings:
    from eval.compare import compare, flips
    from eval.gate import hold, load_baseline, load_thresholds
    from eval.measures import score_all
    from eval.verdicts import verdicts

    asked = {one.case: one for one in run.asked}
    scores = score_all(eval_set.cases, asked)
    earlier = score_all(eval_set.cases, {one.case: one for one in before.asked}) if before else {}
    baseline = load_baseline() if eval_set.is_built_in else None
    return _Findings(
        verdicts(eval_set.cases, asked, scores=scores),
        before.id if before else None,
        compare(earlier, scores) if before else None,
        flips("right", earlier, after=scores),
        hold(summary.numbers(), scores, thresholds=load_thresholds(), baseline=baseline) if gate else None,
    )


def _write_report(path: Path, run: Run, summary: Summary, findings: _Findings) -> None:
    from eval.report import Compared, write_report

    compared = None
    if findings.before is not None and findings.changes is not None:
        compared = Compared(findings.before, findings.changes, findings.flipped)
    write_report(
        path, run, summary=summary, verdicts=findings.verdicts, faults=findings.faults, compared=compared
    )
    say(f"report written to {path}")


def _print(run: Run, summary: Summary, findings: _Findings, *, failures: bool) -> None:
    from rich.console import Console

    from eval import tables

    console = Console()
    tables.print_summary(console, run, summary)
    if findings.before is not None and findings.changes is not None:
        tables.print_changes(console, findings.changes, flipped=findings.flipped, before=findings.before)
    if findings.faults is not None:
        tables.print_faults(console, findings.faults)
    if failures:
        tables.print_failures(console, findings.verdicts)
    elif failed := sum(one.right is False for one in findings.verdicts):
        console.print(f"{failed} cases failed: --failures shows them", style="dim", highlight=False)


def _print_claims(eval_set: EvalSet, *, as_json: bool) -> None:
    from rich.console import Console

    from eval.studies.claims import count_claims
    from eval.tables import print_claims

    rows = count_claims(eval_set.claims)
    if as_json:
        print_json([vars(row) for row in rows])
        return
    print_claims(Console(), rows)
    say("shown in its own words: a shortening of one sentence of its text, proved by code alone")
