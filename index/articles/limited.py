"""A function run in a child process with limits on its time and memory, for data that strangers wrote.

A page of 1.3 MB with 100,000 attributes costs its parser 34 s. Python cannot interrupt C code of its own
process, but the kernel can end another one.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from index.children import ask, begin, bound, end, pipes, receive, send
from index.errors import BadInput

# What an answer begins with; the last is of a child that has no memory left, and keeps most of it.
_WELL, _ILL, _FULL = b"+", b"-", b"!"


@dataclass(frozen=True)
class ChildLimits:
    """What one request may cost. Wall time is generous, since a busy machine is no fault of the page.

    With what its file costs beside it, no page takes more than 10 s or 512 MiB. 121 real ones of up to 1.7 MB
    take 11 s together, and none more than 98 MiB.
    """

    cpu_s: float = 8.0
    wall_s: float = 120.0
    memory_bytes: int = 320 << 20


DEFAULT_LIMITS = ChildLimits()


class LimitedChild:
    """A child process that answers requests one by one; it starts on the first and again after it was ended.

    `module` is one that calls `serve` when run with `python -m`. The child keeps no file and no network open.
    """

    def __init__(self, module: str, *, limits: ChildLimits) -> None:
        self._module = module
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._asking = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def ask(self, request: bytes) -> bytes:
        """What the child makes of `request`. Raises `BadInput` with the reason where it cannot in time.

        Several threads may ask; they take turns.
        """
        with self._asking:
            return self._ask(request)

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            end(child, patience=0.5)  # it ends by itself when nothing more can be asked

    def _ask(self, request: bytes) -> bytes:
        self._child = child = self._child or self._begin()
        begun = time.monotonic()
        timer = threading.Timer(self._limits.wall_s, child.kill)
        timer.start()
        answer = None
        try:
            answer = ask(child, request)
        finally:
            timer.cancel()
            if answer is None:  # it ended, or we are interrupted: the next would be told what is of this one
                self.close()
        if answer is None:
            raise BadInput(self._why_it_ended(child.returncode, seconds=time.monotonic() - begun))
        if answer.startswith(_FULL):
            self.close()
        if not answer.startswith(_WELL):
            raise BadInput(answer[1:].decode())
        return answer[1:]

    def _begin(self) -> subprocess.Popen[bytes]:
        arguments = [str(self._limits.cpu_s), str(self._limits.memory_bytes)]
        return begin(self._module, arguments, complaints=subprocess.DEVNULL)

    def _why_it_ended(self, code: int, *, seconds: float) -> str:
        if seconds > self._limits.wall_s:
            return f"took longer than {self._limits.wall_s:g} s, the limit"
        if code == -signal.SIGPROF:
            return f"took more than {self._limits.cpu_s:g} s of processor time, the limit"
        return f"ended its parser (exit code {code}), perhaps for want of memory"


def serve(answer: Callable[[bytes], bytes]) -> None:
    """The child's side: answer requests until there are no more, within the limits in `sys.argv`."""
    cpu_s, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    bound(memory_bytes=memory_bytes, file_bytes=0)
    inward, outward = pipes()
    while (request := receive(inward)) is not None:
        signal.setitimer(signal.ITIMER_PROF, cpu_s)  # SIGPROF ends the process, also within C code
        try:
            told = _WELL + answer(request)
        except MemoryError:
            told = _FULL + f"needs more than {memory_bytes >> 20:,} MiB of memory".encode()
        except BadInput as exc:
            told = _ILL + str(exc).encode()
        except Exception as exc:  # whatever a parser raises is about this one request
            told = _ILL + f"cannot be read: {type(exc).__name__}: {str(exc)[:200]}".encode()
        signal.setitimer(signal.ITIMER_PROF, 0)
        send(outward, told)
