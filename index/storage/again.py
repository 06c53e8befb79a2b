"""What reads from an archive, tried once more where the connection to its database breaks meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from index.errors import ConnectionLost

_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")
_TRIES: ContextVar[bool] = ContextVar("_TRIES", default=False)


def once_more(read: Callable[_Given, _Read]) -> Callable[_Given, _Read]:
    """A method that reads one state of an archive, which the second try takes from a new connection.

    Where it is part of another such read, that one is tried again, as a whole. Raises `ConnectionLost` where
    the second try breaks, too.
    """

    @wraps(read)
    def twice(*given: _Given.args, **named: _Given.kwargs) -> _Read:
        if _TRIES.get():
            return read(*given, **named)
        token = _TRIES.set(True)
        try:
            return read(*given, **named)
        except ConnectionLost:
            return read(*given, **named)
        finally:
            _TRIES.reset(token)

    return twice
