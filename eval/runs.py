"""A run, kept as JSON: what it was made with, and what came back for each case."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError

from eval.answer_json import Kept, ShownAnswer, ShownHit
from index.errors import BadInput

FORMAT = 1


class BadRun(BadInput):
    """A kept run cannot be read."""


class CaseResult(Kept):
    """What came of one case, how long it took, and what the archive says of it.

    `answer` is None for what retrieves only, and where `error` says why there is none. `answer_ms` and
    `search_ms` are wall-clock milliseconds. `exactness` is that of all quotes shown, checked against the
    archive when they were (see `eval.metrics.quote_exactness`); `around` is the text before and after each.
    `origins` names the origin of each article concerned. `judged` is a judge's grade, 0.0 to 1.0.
    """

    case: str
    answer: ShownAnswer | None = None
    error: str | None = None
    hits: tuple[ShownHit, ...] | None = None
    answer_ms: float | None = None
    search_ms: float | None = None
    exactness: float | None = None
    around: tuple[tuple[str, str], ...] = ()
    origins: dict[str, str] = Field(default_factory=dict)
    judged: float | None = None

    def ranked(self) -> list[str]:
        """The articles found, best first, each once; copies stand right after the article they copy."""
        found = (article for hit in self.hits or () for article in (hit.article, *hit.copies))
        return list(dict.fromkeys(found))


class Run(Kept):
    """One evaluation of all cases; `settings` are masked, `prompts` are versions by name."""

    format: int = FORMAT
    id: str
    at: str
    set_name: str
    set_fingerprint: str
    commit: str | None = None
    settings: dict[str, str] = Field(default_factory=dict)
    models: dict[str, str] = Field(default_factory=dict)
    prompts: dict[str, str] = Field(default_factory=dict)
    archive: dict[str, str] = Field(default_factory=dict)
    seconds: float = 0.0
    asked: tuple[CaseResult, ...] = ()
    summary: dict[str, float | None] = Field(default_factory=dict)


def runs_folder(home: Path) -> Path:
    """Where the runs of a home are kept."""
    return home / "eval" / "runs"


def archives_folder(home: Path) -> Path:
    """Where the archives of eval sets are kept."""
    return home / "eval" / "archives"


def save_run(run: Run, folder: Path) -> Path:
    """Keep a run as `folder/<id>.json`; returns the path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.id}.json"
    unfinished = path.with_suffix(".part")
    unfinished.write_text(run.model_dump_json(indent=1), encoding="utf-8")
    unfinished.replace(path)
    return path


def load_run(name: str, folder: Path, *, set_name: str) -> Run:
    """The run in the file `name`, or of that id, or beginning of an id, in `folder`.

    "latest" is the newest of the set called `set_name`.

    Raises:
        BadRun: there is none, more than one begins so, or it is no run of this format.
    """
    path = _find(name, folder, set_name)
    try:
        run = Run.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as exc:
        fault = exc.errors()[0]
        place = ".".join(map(str, fault["loc"])) or "the file"
        raise BadRun(f"{path}: {place}: {fault['msg']}, expected a run kept by dateline eval") from exc
    if run.format != FORMAT:
        raise BadRun(f"{path}: the run has format {run.format}, expected {FORMAT}")
    return run


def _find(name: str, folder: Path, set_name: str) -> Path:
    if Path(name).is_file():
        return Path(name)
    kept = sorted(folder.glob("*.json"))  # ids begin with the time, so the last is the newest
    of_set = [path for path in kept if path.stem.partition("-")[2].rpartition("-")[0] == set_name]
    if name == "latest" and of_set:
        return of_set[-1]
    found = [path for path in kept if path.stem == name] or [
        path for path in kept if path.stem.startswith(name)
    ]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(path.stem for path in (found or kept)[-5:]) or "none"
    raise BadRun(f"run {name!r}: expected a file or one run of {folder}, which has {shown}")
