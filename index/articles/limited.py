"""A function run in a child process with limits on its time and memory, for data that strangers wrote.

A page of 1.3 MB with 100,000 attributes costs its parser 34 s. Python cannot interrupt C code of its own
process, but the kernel can end another one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

from index.errors import BadInput

_HEADER = struct.Struct("!?Q")  # whether it went well, and how many bytes follow


@dataclass(frozen=True)
class ChildLimits:
    """What one request may cost. Wall time is generous, since a busy machine is no fault of the page."""

    cpu_s: float = 10.0
    wall_s: float = 120.0
    memory_bytes: int = 2 << 30


DEFAULT_LIMITS = ChildLimits()


class LimitedChild:
    """A child process that answers requests one by one; it starts on the first and again after it was ended.

    `module` is one that calls `serve` when run with `python -m`. The child keeps no file and no network open.
    """

    def __init__(self, module: str, *, limits: ChildLimits) -> None:
        self._module = module
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, request: bytes) -> bytes:
        """What the child makes of `request`. Raises `BadInput` with the reason where it cannot in time."""
        process = self._process or self._start()
        begun = time.monotonic()
        timer = threading.Timer(self._limits.wall_s, process.kill)
        timer.start()
        try:
            _send(_pipe(process.stdin), well=True, payload=request)
            well, answer = _receive(_pipe(process.stdout))
        except (OSError, EOFError) as exc:
            self.close()
            raise BadInput(self._why_it_ended(process.returncode, seconds=time.monotonic() - begun)) from exc
        finally:
            timer.cancel()
        if not well:
            raise BadInput(answer.decode())
        return answer

    def close(self) -> None:
        """End the child, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # a child that has ended takes nothing more
                _pipe(pipe).close()
        try:
            process.wait(timeout=0.5)  # it ends by itself when nothing more can be asked
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        """A child that finds the modules that its parent finds (`-P`: and none in the current folder)."""
        arguments = [str(self._limits.cpu_s), str(self._limits.memory_bytes)]
        self._process = subprocess.Popen(
            [sys.executable, *("-P", "-W", "ignore", "-m", self._module), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        return self._process

    def _why_it_ended(self, code: int, *, seconds: float) -> str:
        if seconds > self._limits.wall_s:
            return f"took longer than {self._limits.wall_s:g} s, the limit"
        if code == -signal.SIGPROF:
            return f"took more than {self._limits.cpu_s:g} s of processor time, the limit"
        return f"ended its parser (exit code {code}), perhaps for want of memory"


def serve(answer: Callable[[bytes], bytes]) -> None:
    """The child's side: answer requests until there are no more, within the limits in `sys.argv`."""
    cpu_s, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    _limit(memory_bytes)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            _, request = _receive(requests)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, cpu_s)  # SIGPROF ends the process, also within C code
        try:
            well, payload = True, answer(request)
        except MemoryError:
            well, payload = False, f"needs more than {memory_bytes >> 20:,} MiB of memory".encode()
        except Exception as exc:  # whatever a parser raises is about this one request
            well, payload = False, f"cannot be read: {type(exc).__name__}: {str(exc)[:200]}".encode()
        signal.setitimer(signal.ITIMER_PROF, 0)
        _send(answers, well=well, payload=payload)


def _limit(memory_bytes: int) -> None:
    """Bound this process's memory, and keep it from writing files and core dumps."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    """A pipe that was asked for, so that it is there."""
    if stream is None:
        raise EOFError
    return stream


def _send(stream: IO[bytes], *, well: bool, payload: bytes) -> None:
    stream.write(_HEADER.pack(well, len(payload)))
    stream.write(payload)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[bool, bytes]:
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise EOFError
    well, size = _HEADER.unpack(header)
    payload = stream.read(size)
    if len(payload) < size:
        raise EOFError
    return well, payload
