"""An eval set into a kept run: its articles indexed once, every case asked, what came back stored.

SET                      what its cases are asked of
(none)                   the built-in cases, of seeds/
folder with articles     an archive of those, kept for the next run
folder without           each case's own texts; without those, the archive at hand
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from eval.answer_json import shown
from eval.asking import Asker, Judge
from eval.cases import BUILT_IN, BadCase, Case, EvalSet
from eval.kept_archive import kept_archive
from eval.measures import score_all
from eval.metrics.cost import Prices
from eval.runs import Run, archives_folder
from eval.speed.benches import Build, Workbench
from eval.summary import Summary, summarise
from index.encoding.encoder import Encoder
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.postgres.address import DatabaseAddress
from prompts.loader import FOLDER as PROMPTS
from prompts.loader import Prompt

Tell = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


@dataclass(frozen=True)
class Selection:
    """Which cases to ask: those of the kinds, all where none is named; at most `limit`, a seeded sample."""

    kinds: tuple[str, ...] = ()
    limit: int | None = None
    seed: int = 0


@dataclass(frozen=True)
class Setting:
    """What a run is made with: where it is kept, the encoder, how Dateline is built over an archive.

    `at_hand` is the database that holds the archive at hand; None: it is in `home`. `values` are the settings
    as shown, secrets masked.
    """

    home: Path
    encoder: Encoder
    build: Build
    at_hand: DatabaseAddress | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    llm: str | None = None
    judge: Judge | None = None
    prices: Prices | None = None


def evaluate(eval_set: EvalSet, selection: Selection, *, setting: Setting, tell: Tell) -> tuple[Run, Summary]:
    """Ask the selected cases; the run is not stored yet.

    Raises:
        BadCase: no case is of the kinds named.
        BadInput: the set's articles cannot be read.
        ArchiveError: a case needs the archive at hand and there is none.
    """
    cases = select(eval_set.cases, selection)
    began = perf_counter()
    home = _archive_for(eval_set, cases, setting=setting, tell=tell)
    done = 0

    def count(_: Case) -> None:
        nonlocal done
        done += 1
        tell("asking", done, len(cases))

    tell("asking", 0, len(cases))
    with Workbench(home, setting.encoder, build=setting.build) as bench:
        asked = Asker(bench, shown, setting.judge).ask_all(cases, progress=count)
    by_case = {one.case: one for one in asked}
    summary = summarise(cases, by_case, scores=score_all(cases, by_case), prices=setting.prices)
    run = Run(
        id=_new_id(eval_set),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        set_name=eval_set.name,
        set_fingerprint=eval_set.fingerprint,
        commit=commit(),
        settings=dict(setting.values),
        models=_models(setting),
        prompts={
            path.stem: Prompt(path.stem, path.read_text(encoding="utf-8")).version for path in _prompts()
        },
        archive=_fingerprint(home, setting.encoder),
        seconds=round(perf_counter() - began, 2),
        asked=asked,
        summary=summary.numbers(),
    )
    return run, summary


def select(cases: Sequence[Case], selection: Selection) -> list[Case]:
    """The cases asked for, in their order; the same sample every time.

    Raises:
        BadCase: none is left; the kinds that there are, are named.
    """
    chosen = [case for case in cases if not selection.kinds or case.kind in selection.kinds]
    if not chosen:
        kinds = ", ".join(dict.fromkeys(case.kind for case in cases)) or "none"
        raise BadCase(f"no case of kind {', '.join(selection.kinds)}, expected of {kinds}")
    if selection.limit is None or selection.limit >= len(chosen):
        return chosen
    drawn = random.Random(selection.seed).sample(range(len(chosen)), selection.limit)
    return [chosen[index] for index in sorted(drawn)]


def seeds_folder() -> Path:
    """The articles of the built-in cases: of a checkout, or of an installed wheel.

    Raises:
        BadCase: they are in neither.
    """
    places = (BUILT_IN.parent / "seeds", BUILT_IN / "seeds")
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        raise BadCase(
            f"{places[0]}: no such folder, expected the built-in articles of a checkout of Dateline"
        )
    return found


def commit() -> str | None:
    """The commit of this checkout, with a + where files have changed since; None outside of one."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(BUILT_IN), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def asks_the_archive_at_hand(eval_set: EvalSet, selection: Selection) -> bool:
    """Whether a selected case is asked of what the home holds: it and its set bring no texts of their own."""
    if eval_set.is_built_in or eval_set.articles is not None:
        return False
    return not all(case.own_texts for case in select(eval_set.cases, selection))


def _archive_for(
    eval_set: EvalSet, cases: Sequence[Case], *, setting: Setting, tell: Tell
) -> ArchiveHome | None:
    """The home of the archive that the cases are asked of; None where each brings its own texts."""
    if all(case.own_texts for case in cases):
        return None
    articles = seeds_folder() if eval_set.is_built_in else eval_set.articles
    if articles is None:
        return setting.at_hand or setting.home
    return kept_archive(
        archives_folder(setting.home),
        [articles],
        encoder=setting.encoder,
        tell=lambda done, total: tell("indexing", done, total),
    )


def _models(setting: Setting) -> dict[str, str]:
    models = {"encoder": setting.encoder.name, "encoder fingerprint": setting.encoder.fingerprint}
    if setting.llm:
        models["llm"] = setting.llm
    if setting.judge:
        models["judge"] = setting.judge.name
    return models


def _prompts() -> list[Path]:
    return sorted(PROMPTS.glob("*.txt"))


def _fingerprint(home: ArchiveHome | None, encoder: Encoder) -> dict[str, str]:
    if home is None:
        return {"articles": "each case's own texts"}
    with Archive.open(home, encoder) as archive:
        status = archive.status()
    return {
        "home": home.name if isinstance(home, Path) else str(home),
        "articles": str(status.articles),
        "passages": str(status.passages),
    }


def _new_id(eval_set: EvalSet) -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{eval_set.name}-{uuid4().hex[:4]}"
