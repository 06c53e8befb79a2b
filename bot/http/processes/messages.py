"""Objects into frames of a pipe between a server and its own workers, and back.

They are pickled: both ends are the same program, and nobody else has the pipe.
"""

from __future__ import annotations

import pickle
from asyncio import IncompleteReadError, StreamReader
from dataclasses import dataclass
from typing import BinaryIO, Literal

from bot.answering.ports import Step
from bot.answers.asked import Asked
from index.records import Hit

_HEAD = 4  # bytes: the length of what follows


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


def packed(frame: object) -> bytes:
    """A frame as it goes through the pipe."""
    content = pickle.dumps(frame, pickle.HIGHEST_PROTOCOL)
    return len(content).to_bytes(_HEAD, "big") + content


def receive(pipe: BinaryIO) -> object | None:
    """The next frame; None where the pipe ends."""
    head = pipe.read(_HEAD)
    if len(head) < _HEAD:
        return None
    frame: object = pickle.loads(pipe.read(int.from_bytes(head, "big")))
    return frame


async def next_told(pipe: StreamReader) -> Told | None:
    """The next frame of a worker; None where it has ended."""
    try:
        head = await pipe.readexactly(_HEAD)
        frame = pickle.loads(await pipe.readexactly(int.from_bytes(head, "big")))
    except (IncompleteReadError, OSError):
        return None
    assert isinstance(frame, Ready | WorkerStep | Done)
    return frame


def carried(failure: Exception) -> Exception:
    """An exception that comes through the pipe as it is, or as one that says the same."""
    try:
        again = pickle.loads(pickle.dumps(failure))
    except Exception:  # whatever an exception's own constructor makes of its arguments
        return RuntimeError(f"{type(failure).__name__}: {failure}")
    return failure if type(again) is type(failure) else RuntimeError(str(failure))
