"""A command into what it tried to reach: run where there is loopback alone, its system calls recorded.

What a patched `socket` does not see is seen here, too: look-ups and connections by C++ and Rust, and by every
process that the command starts. strace stops only where something is sent; all else runs at full speed.
"""

from __future__ import annotations

import fcntl
import os
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path

_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1
_DNS = 53  # also on loopback, where a forwarder would pass it on

_INTERNET = re.compile(r"sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )\"([0-9a-f.:]+)\"")
_RESOLVER = re.compile(r"sun_path=\"[^\"]*(?:resolve|mdns|avahi)")


def why_not() -> str | None:
    """Why this machine cannot do so; None where it can."""
    try:
        tried = _alone(["true"], Path(os.devnull), os.environ)
    except OSError as exc:
        return f"{exc.filename} is not installed"
    return tried.stderr.strip() or None


def attempts(command: Sequence[str], record: Path, *, environment: Mapping[str, str]) -> list[str]:
    """The system calls by which a command tried to send to anything but loopback, or to look up a name.

    Raises AssertionError, with what it said, where the command itself failed.
    """
    done = _alone(command, record, environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return [line for line in record.read_text(errors="replace").splitlines() if _leaves(line)]


def _alone(
    command: Sequence[str], record: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    alone = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    recorded = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "signal=none", "-e", calls, "-o", str(record)]
    inside = [sys.executable, __file__, *command]
    return subprocess.run(
        [*alone, *recorded, *inside], env=dict(environment), capture_output=True, text=True, check=False
    )


def _leaves(call: str) -> bool:
    found = _INTERNET.search(call)
    if found is None:
        return _RESOLVER.search(call) is not None
    address = ip_address(found[2])
    return not address.is_loopback or int(found[1]) == _DNS


def _raise_loopback() -> None:
    """A new network namespace has loopback, but it is down."""
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", _IFF_UP))


if __name__ == "__main__":
    _raise_loopback()
    os.execvp(sys.argv[1], sys.argv[1:])
