"""How far a long command is into bars on standard error: one a step, with the time that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class ProgressBars:
    """What a command tells: that so many of a step are done, of so many; and what it is at right now."""

    tell: Callable[[str, int, int], None]
    at: Callable[[str], None]


@contextmanager
def progress_bars(*, shown: bool) -> Iterator[ProgressBars]:
    """Bars that are gone at the end; nothing where they are not `shown`, as where that is no terminal."""
    if not shown:
        yield ProgressBars(lambda step, done, total: None, lambda place: None)
        return
    from rich import progress as rich_progress
    from rich.console import Console

    columns = (
        rich_progress.TextColumn("{task.description:9}"),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
        rich_progress.TimeElapsedColumn(),
        rich_progress.TimeRemainingColumn(),
        rich_progress.TextColumn("{task.fields[place]}", markup=False),
    )
    with rich_progress.Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, rich_progress.TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total, place="")
            bars.update(tasks[step], completed=done, total=max(done, total))

        def at(place: str) -> None:
            for task in [*tasks.values()][-1:]:
                bars.update(task, place=place)

        yield ProgressBars(tell, at)
