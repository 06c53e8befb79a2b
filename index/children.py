"""A child process of this Python: begun, bounded, asked in frames over its pipes, and ended.

A child is a module that runs with `python -m`. Its standard input is its leash: it closes when we are gone.
A frame is its length in bytes, 8 bytes big-endian, and its content; what that is, both ends agree upon.
"""

from __future__ import annotations

import os
import re
import resource
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:  # most children have no event loop, and its import takes 40 ms
    from asyncio import StreamReader

_HEAD = 8  # bytes: the length of what follows


# What a child may know of our environment: where programs, libraries and folders are, the language.
# Keys, tokens and addresses with passwords stand in variables too, under any name, and a child that reads
# foreign pages has no use for them.
_PASSED_ON = re.compile(
    r"PATH|HOME|USER|LOGNAME|SHELL|TERM|TZ|LANG(UAGE)?|LC_\w+|TMPDIR|TEMP|TMP|XDG_\w+|VIRTUAL_ENV|CONDA_PREFIX"
    r"|(DY)?LD_\w+|PYTHON\w+|(MALLOC|OMP|MKL|KMP|OPENBLAS|ORT|CUDA|COVERAGE)_\w+|DATELINE_(CACHE|HOME)"
)


def begin(
    module: str,
    arguments: Sequence[str] = (),
    *,
    folder: Path | None = None,
    answers: int = PIPE,
    complaints: IO[bytes] | int | None = None,
) -> Popen[bytes]:
    """Run `python -m module arguments` in `folder`; it finds the modules that we find (`-P`: and no others).

    Of our environment it is given what no secret stands in.

    Its `answers` are what it writes to standard output, `complaints` what it writes to standard error. A
    group of its own keeps a Ctrl-C at the terminal from it: we decide when it ends. It stays in our session,
    since Linux may weigh what is `nice` only within one.
    """
    command = [sys.executable, *("-P", "-W", "ignore", "-m", module), *arguments]
    env = {name: value for name, value in os.environ.items() if _PASSED_ON.fullmatch(name)}
    env["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, sys.path))
    return Popen(command, cwd=folder, env=env, stdin=PIPE, stdout=answers, stderr=complaints, process_group=0)


def end(child: Popen[bytes], *, patience: float) -> int:
    """Let a child end by itself for `patience` seconds, else kill it; its exit code, once it is reaped."""
    try:
        child.communicate(timeout=patience)
    except TimeoutExpired:
        child.kill()
        child.communicate()
    return child.returncode


def ask(child: Popen[bytes], content: bytes) -> bytes | None:
    """What a child answers; None where it has ended."""
    assert child.stdin is not None and child.stdout is not None
    with suppress(OSError):  # a child that has ended takes nothing more
        send(child.stdin, content)
    return receive(child.stdout)


def bound(*, file_bytes: int | None = None, memory_bytes: int | None = None) -> None:
    """In a child: no file that it writes is larger, its memory is no larger, and it leaves no core dump.

    Its memory is what it has taken for itself, not the address space, of which libraries map much more.
    """
    limits = {resource.RLIMIT_FSIZE: file_bytes, resource.RLIMIT_DATA: memory_bytes, resource.RLIMIT_CORE: 0}
    for kind, most in limits.items():
        if most is not None:
            resource.setrlimit(kind, (most, most))


def pipes() -> tuple[IO[bytes], IO[bytes]]:
    """In a child: where frames come in and go out. What a library prints does not come between them."""
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return inward, outward


def framed(content: bytes) -> bytes:
    """A frame as it goes through a pipe."""
    return len(content).to_bytes(_HEAD, "big") + content


def send(pipe: IO[bytes], content: bytes) -> None:
    """Write a whole frame. Raises `BrokenPipeError` where nobody reads."""
    pipe.write(framed(content))
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The content of the next frame; None where the pipe ends, within a frame, too."""
    head = pipe.read(_HEAD)
    content = pipe.read(size := int.from_bytes(head, "big"))
    return content if len(head) + len(content) == _HEAD + size else None


async def received(pipe: StreamReader) -> bytes | None:
    """The content of the next frame of a child that an event loop listens to; None where it has ended."""
    try:
        return await pipe.readexactly(int.from_bytes(await pipe.readexactly(_HEAD), "big"))
    except (EOFError, OSError):
        return None
