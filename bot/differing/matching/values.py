"""Two reports into the values of both that are not the same and may be of one thing: figures, days, names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal, get_args

from bot.differing.days import grain_of, is_same_day
from bot.differing.figures import in_like_units, is_same_figure, of_one_fate
from bot.differing.naming import is_same_name, kind_of_name
from bot.differing.pairs import Extent, Reports
from bot.language.sentence import NameRun

ValueKind = Literal["figure", "date", "place", "actor"]
VALUE_KINDS: tuple[ValueKind, ...] = get_args(ValueKind)


@dataclass(frozen=True)
class ValuePair:
    """A value of each of two reports, of one kind; the reports are those it was found in."""

    kind: ValueKind
    reports: Reports
    first: Extent
    second: Extent


def unlike_values(reports: Reports) -> Iterator[ValuePair]:
    """The pairs of values that differ, whatever they are of: figures of one unit, days, names."""
    one, other = reports.both
    for figure, figure_there in product(one.quantities, other.quantities):
        unlike = figure.value != figure_there.value and not is_same_figure(figure, figure_there)
        alike = in_like_units(figure, figure_there) and of_one_fate(reports, figure, second=figure_there)
        if unlike and alike:
            yield ValuePair("figure", reports, figure, figure_there)
    for day, day_there in product(one.days, other.days):
        if grain_of(day) == grain_of(day_there) and not is_same_day(day, day_there):
            yield ValuePair("date", reports, day, day_there)
    for name, name_there in product(one.names, other.names):
        kind = _name_kind(name)
        if kind == _name_kind(name_there) and not is_same_name(name, name_there):
            yield ValuePair(kind, reports, name, name_there)


def _name_kind(name: NameRun) -> ValueKind:
    return "place" if kind_of_name(name) == "place" else "actor"
