"""Moments of indexing and times of questions into figures for `eval.speed.scale`, and those into a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

TENTHS = 10


@dataclass(frozen=True)
class Moment:
    """How far indexing had come: passages encoded, seconds of indexing passed, processor seconds used."""

    passages: int
    seconds: float
    cpu: float


@dataclass(frozen=True)
class Speed:
    """Passages a second and a processor second over a part of indexing, and the peak memory at its end."""

    passages: int
    wall: float
    cpu: float


@dataclass(frozen=True)
class Times:
    """Milliseconds a question takes: the median, and what 95 of 100 do not exceed."""

    p50: float
    p95: float


@dataclass(frozen=True)
class AskingTimes:
    """Questions asked of an archive of `articles`, with the trained reader or without, by both clocks."""

    articles: int
    passages: int
    reader: bool
    wall: Times
    cpu: Times


@dataclass(frozen=True)
class Indexed:
    """How indexing went: `tenths` are parts of about as many passages each, in order.

    `peak_mb_early` is the peak memory when the first archive was ready for questions, `peak_mb` at the end.
    """

    wall_seconds: float
    cpu_seconds: float
    tenths: list[Speed]
    peak_mb_early: float
    peak_mb: float


@dataclass(frozen=True)
class Beside:
    """Seconds for the same articles into an empty archive and into the whole one, in turns: medians."""

    empty: tuple[float, float]  # passed, and of the processor
    whole: tuple[float, float]

    @property
    def wall(self) -> float:
        """The speed on top of the whole archive as a part of that in an empty one."""
        return self.empty[0] / self.whole[0]

    @property
    def cpu(self) -> float:
        """The same, by processor seconds."""
        return self.empty[1] / self.whole[1]


@dataclass(frozen=True)
class Scale:
    """What came of it; None is what was not tried.

    `encoded_twice`: texts that a killed process had encoded and the next one encoded again.
    """

    articles: int
    passages: int
    bytes_per_passage: float
    indexed: Indexed | None = None
    beside: Beside | None = None
    asked: list[AskingTimes] = field(default_factory=list)
    encoded_twice: int | None = None


def tenths(moments: Sequence[Moment]) -> list[Speed]:
    """The speed in each tenth of all passages; fewer parts where so few batches were stored."""
    if len(moments) < 2:
        return []
    first, last = moments[0], moments[-1]
    step = max(1.0, (last.passages - first.passages) / TENTHS)
    found: list[Speed] = []
    begun = first
    for one in moments[1:]:
        reached = one.passages - first.passages >= step * (len(found) + 1)
        if (reached or one is last) and one.passages > begun.passages:
            found.append(_speed(begun, one))
            begun = one
    return found


def _speed(one: Moment, other: Moment) -> Speed:
    passages = other.passages - one.passages
    wall, cpu = (max(1e-3, span) for span in (other.seconds - one.seconds, other.cpu - one.cpu))
    return Speed(passages, passages / wall, passages / cpu)


def times(seconds: Sequence[float]) -> Times:
    """The median and the 95th percentile (nearest rank) in milliseconds; 0 without any."""
    ordered = sorted(seconds)
    if not ordered:
        return Times(0.0, 0.0)
    return Times(*(1000 * ordered[min(len(ordered) - 1, len(ordered) * part // 100)] for part in (50, 95)))


def table(scale: Scale) -> str:
    """The figures as lines of text."""
    lines = [
        f"{scale.articles:,} articles, {scale.passages:,} passages,"
        f" {scale.bytes_per_passage:,.0f} bytes a passage on disk",
        *(_indexed(scale.indexed) if scale.indexed else ()),
    ]
    if scale.beside:
        lines.append(
            f"{'on top of all : in an empty archive':35}{scale.beside.wall:6.2f} by wall,"
            f"{scale.beside.cpu:7.2f} by CPU (wanted ≥ 0.90)"
        )
    lines += ["", f"{'a question, ms':34}{'p50':>8}{'p95':>8}{'CPU p50':>10}{'CPU p95':>10}"]
    lines += [
        f"{_name(one):34}{one.wall.p50:8.0f}{one.wall.p95:8.0f}{one.cpu.p50:10.0f}{one.cpu.p95:10.0f}"
        for one in scale.asked
    ]
    lines += [_growth(scale.asked, reader=reader) for reader in (False, True)]
    twice = "not tried" if scale.encoded_twice is None else str(scale.encoded_twice)
    lines += ["", f"{'killed halfway: texts encoded twice':36}{twice}"]
    return "\n".join(lines)


def _indexed(done: Indexed) -> Iterator[str]:
    yield (
        f"indexed in {done.wall_seconds:,.0f} s, {done.cpu_seconds:,.0f} s of processor; peak memory"
        f" {done.peak_mb:.0f} MB ({done.peak_mb_early:.0f} MB after the first articles)"
    )
    yield ""
    yield f"{'passages a second, by tenths':34}" + "".join(f"{one.wall:7.0f}" for one in done.tenths)
    yield f"{'passages a CPU second':34}" + "".join(f"{one.cpu:7.1f}" for one in done.tenths)
    if done.tenths:
        first, last = done.tenths[0], done.tenths[-1]
        wall, cpu = last.wall / first.wall, last.cpu / first.cpu
        yield f"{'last tenth : first':34}{wall:7.2f} by wall,{cpu:7.2f} by CPU"


def _name(one: AskingTimes) -> str:
    return f"{one.articles:,} articles" + (", with the reader" if one.reader else "")


def _growth(asked: Sequence[AskingTimes], *, reader: bool) -> str:
    """How much longer a question takes of all articles than of the first; wanted is less than twice."""
    own = [one for one in asked if one.reader == reader]
    name = f"{'growth' + (', with the reader' if reader else '') + ' (wanted < 2)':34}"
    if len(own) < 2 or not (own[0].wall.p50 and own[0].cpu.p50):
        return f"{name}  only one size was asked"
    wall, cpu = own[-1].wall.p50 / own[0].wall.p50, own[-1].cpu.p50 / own[0].cpu.p50
    return f"{name}{'×' + format(wall, '.2f'):>8}{'':8}{'×' + format(cpu, '.2f'):>10}"
