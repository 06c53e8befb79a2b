"""What reads from an archive, tried once more where the connection to its database breaks meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from index.errors import ConnectionLost

_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")


def once_more(read: Callable[_Given, _Read]) -> Callable[_Given, _Read]:
    """A method that reads one state of an archive, which the second try takes from a new connection.

    Raises `ConnectionLost` where that breaks, too.
    """

    @wraps(read)
    def twice(*given: _Given.args, **named: _Given.kwargs) -> _Read:
        try:
            return read(*given, **named)
        except ConnectionLost:
            return read(*given, **named)

    return twice
