"""What a server and its own workers tell each other, as the contents of frames (`index.children`).

They are pickled: both ends are the same program, and nobody else has the pipe.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import Literal

from bot.answering.ports import Step
from bot.answers.asked import Asked
from index.records import Hit


@dataclass(frozen=True)
class Job:
    """What a worker is to do: answer, answer step by step, or search for `limit` passages."""

    kind: Literal["ask", "steps", "search"]
    asked: Asked
    limit: int = 0


@dataclass(frozen=True)
class WorkerStep:
    """A part of what a job comes to: an answer, a step, or all hits of a search."""

    value: Step | list[Hit]


@dataclass(frozen=True)
class Done:
    """The end of a job; `failure` is what was raised."""

    failure: Exception | None = None


@dataclass(frozen=True)
class Ready:
    """A worker has loaded what it needs."""


Told = Ready | WorkerStep | Done


def packed(message: object) -> bytes:
    """A message as the content of a frame."""
    return pickle.dumps(message, pickle.HIGHEST_PROTOCOL)


def unpacked(content: bytes | None) -> object | None:
    """The message of a frame's content; None where there is none, since the other end has closed the pipe."""
    message: object = pickle.loads(content) if content is not None else None
    return message


def carried(failure: Exception) -> Exception:
    """An exception that comes through the pipe as it is, or as one that says the same."""
    try:
        again = pickle.loads(pickle.dumps(failure))
    except Exception:  # whatever an exception's own constructor makes of its arguments
        return RuntimeError(f"{type(failure).__name__}: {failure}")
    return failure if type(again) is type(failure) else RuntimeError(str(failure))
