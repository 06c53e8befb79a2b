"""Numbers into the points of a plot; the page draws them as inline SVG, so that they follow its colours.

Written here and not by a plotting library: a drawn picture cannot change between a light and a dark page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from eval.metrics.percentile import percentile
from eval.metrics.risk_coverage import Point

WIDTH, HEIGHT = 520, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 30, 40  # margins: room for the labels of the axes


@dataclass(frozen=True)
class Tick:
    """A label at a place of an axis, in pixels."""

    at: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A named place on the horizontal axis, drawn as a line; `row` keeps the labels of near ones apart."""

    at: float
    label: str
    row: int


@dataclass(frozen=True)
class Plot:
    """One line over two axes. `path` is the `d` of an SVG path, `area` the same closed down to the axis."""

    title: str
    across: str
    up: str
    path: str
    area: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM
    right: int = WIDTH - RIGHT
    top: int = TOP


def plot_risk_coverage(curve: Sequence[Point]) -> Plot | None:
    """Risk over coverage, surest answers first; None for fewer than two answers."""
    if len(curve) < 2:
        return None
    highest = max(0.1, ceil(10 * max(point.risk for point in curve)) / 10)
    points = [(_x(point.coverage, 0, 1), _y(point.risk, highest)) for point in curve]
    return Plot(
        "Risk and coverage",
        "share of the answers given, surest first",
        "of them wrong",
        _path(points),
        _area(points),
        tuple(Tick(_x(share, 0, 1), f"{100 * share:.0f} %") for share in (0, 0.25, 0.5, 0.75, 1)),
        tuple(
            Tick(_y(share, highest), f"{100 * share:.0f} %")
            for share in (0, highest / 4, highest / 2, highest * 3 / 4, highest)
        ),
    )


def plot_latency(milliseconds: Sequence[float]) -> Plot | None:
    """The share of answers that were there within a time (log scale); None for fewer than two answers."""
    times = sorted(max(value, 0.1) for value in milliseconds)
    if len(times) < 2:
        return None
    low, high = floor(log10(times[0])), max(ceil(log10(times[-1])), floor(log10(times[0])) + 1)
    points = [
        (_x(log10(time), low, high), _y(rank / len(times), 1)) for rank, time in enumerate(times, start=1)
    ]
    return Plot(
        "Latency",
        "milliseconds to an answer",
        "of the answers were there",
        _path([(points[0][0], _y(0, 1)), *points]),
        _area(points),
        tuple(Tick(_x(power, low, high), _milliseconds(10**power)) for power in range(low, high + 1)),
        tuple(Tick(_y(share, 1), f"{100 * share:.0f} %") for share in (0, 0.25, 0.5, 0.75, 1)),
        tuple(
            Mark(_x(log10(value), low, high), f"p{p} {_milliseconds(value)} ms", row)
            for row, p in enumerate((50, 95))
            if (value := percentile(times, p)) is not None
        ),
    )


def _milliseconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _x(value: float, low: float, high: float) -> float:
    return round(LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)


def _y(value: float, highest: float) -> float:
    return round(HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM), 1)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points)


def _area(points: Sequence[tuple[float, float]]) -> str:
    floor_ = HEIGHT - BOTTOM
    return f"{_path(points)} L{points[-1][0]} {floor_} L{points[0][0]} {floor_} Z"
