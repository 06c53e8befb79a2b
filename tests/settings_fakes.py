"""Settings with other values for what a person cannot set."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def fixed(kind: type[T], **values: float) -> type[T]:
    """`kind` with these values, which are names of constants of it."""
    assert all(hasattr(kind, name) for name in values)
    return type(kind.__name__, (kind,), dict(values))
