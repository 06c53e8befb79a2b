"""Make a kept run the baseline that the gate holds later runs against: `python -m eval.baseline [RUN]`.

Run it when a change made the answers better on purpose, and commit `eval/baseline.json` with that change.
"""

from __future__ import annotations

import sys

from eval.cases import BUILT_IN, load_set
from eval.gate import Baseline, rounded, save_baseline
from eval.measures import score_all
from eval.runs import BadRun, Run, load_run, runs_folder
from index.errors import DatelineError


def baseline_of(run: Run) -> Baseline:
    """The run's scores, rounded to what a table shows.

    Raises:
        BadRun: it is not a whole run of the built-in set as it stands.
    """
    built_in = load_set(BUILT_IN)
    if run.set_fingerprint != built_in.fingerprint or len(run.asked) != len(built_in.cases):
        raise BadRun(
            f"run {run.id} of {run.set_name}: expected a whole run of the built-in cases as they are now"
        )
    scores = score_all(built_in.cases, {one.case: one for one in run.asked})
    return Baseline(
        run=run.id, commit=run.commit, set_fingerprint=run.set_fingerprint, scores=rounded(scores)
    )


def _named(arguments: list[str]) -> Run:
    from bot.settings import default_home

    name = arguments[0] if arguments else "latest"
    return load_run(name, runs_folder(default_home()), set_name="built-in")


def main(arguments: list[str]) -> int:
    """Store the run named, or the newest, as the baseline."""
    try:
        baseline = baseline_of(_named(arguments))
    except DatelineError as exc:
        print(f"eval.baseline: {exc}", file=sys.stderr)  # noqa: T201 (a command of its own)
        return exc.exit_code
    save_baseline(baseline)
    print(f"eval/baseline.json is now run {baseline.run}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
