"""Filters into an SQL condition on `articles AS a`."""

from __future__ import annotations

from dataclasses import dataclass

from index.dates import date_span
from index.errors import BadFilter
from index.records import Filters


@dataclass(frozen=True)
class Condition:
    """`sql` stands after WHERE and names `a`; it is "TRUE" when nothing is filtered."""

    sql: str
    parameters: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.parameters)


EVERYTHING = Condition("TRUE", ())


def condition(filters: Filters) -> Condition:
    """What `filters` ask of an article; raises `BadFilter` for an empty outlet or a date that is none.

    An article of unknown date has no span; comparing with NULL is never true, so it passes no date filter.
    """
    parts: list[str] = []
    parameters: list[str] = []
    if filters.outlet:
        parts.append(f"a.outlet_folded IN ({', '.join('?' * len(filters.outlet))})")
        parameters += [_outlet(name) for name in filters.outlet]
    if filters.since:
        parts.append("a.earliest >= ?")
        parameters.append(date_span(filters.since)[0])
    if filters.until:
        parts.append("a.latest <= ?")
        parameters.append(date_span(filters.until)[1])
    if filters.as_of:
        parts.append("a.latest <= ? AND a.known <= ?")
        parameters += [date_span(filters.as_of)[1]] * 2
    return Condition(" AND ".join(parts) or "TRUE", tuple(parameters))


def folded(outlet: str) -> str:
    """An outlet as the filter compares it: neither case nor outer or doubled white space matters."""
    return " ".join(outlet.split()).casefold()


def _outlet(name: str) -> str:
    if not name.strip():
        raise BadFilter(f"outlet is {name!r}, expected the name of an outlet such as 'Today.Az'")
    return folded(name)
