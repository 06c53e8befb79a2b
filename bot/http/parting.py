"""An end of a connection, or of listening, into one that takes no request and no answer from anybody.

The kernel resets a connection that is closed with something unread, and throws away what was written to it,
too; and with a listener it resets all connections that were not accepted from it yet.
"""

from __future__ import annotations

import asyncio
import ctypes
import socket
import struct
import sys
from contextlib import suppress

_LINGER = 2.0  # seconds for the last answer to arrive and for what was sent meanwhile
_SO_ATTACH_FILTER = 26
# Classic BPF over a TCP header: its byte 13 holds the flags, of which 2 is SYN. Who is dropped knocks again a
# second later, and is refused; half-open connections come through.
_DROPS_SYN = b"".join(
    struct.pack("HBBI", code, past, else_past, value)
    for code, past, else_past, value in (
        (0x30, 0, 0, 13),  # load the byte 13
        (0x45, 0, 1, 2),  # has it the bit 2?
        (0x06, 0, 0, 0),  # keep nothing of the packet
        (0x06, 0, 0, 0xFFFFFFFF),  # keep all of it
    )
)


def turn_away(listener: socket.socket) -> None:
    """Have the kernel take no new connections; those that it has taken can still be accepted.

    Where it lets this process set no filter, as in some containers, closing the listener is all there is.
    """
    if sys.platform != "linux":
        return  # elsewhere closing it is all there is
    program = ctypes.create_string_buffer(_DROPS_SYN)
    described = struct.pack("HP", len(_DROPS_SYN) // 8, ctypes.addressof(program))
    with (
        listener.dup() as same,
        suppress(PermissionError),
    ):  # an event loop shows a listener that cannot be set
        same.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, described)


class Lingering(asyncio.Transport):
    """A transport that is closed in order: it ends what it writes, reads on for a while, then closes."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport
        self._ended = False

    def close(self) -> None:
        """Say that there is no more; whoever reads the transport drops what comes from now on."""
        if self.is_closing():
            return
        self._ended = True
        with suppress(OSError):  # the other side has gone
            self._transport.write_eof()
        self._transport.resume_reading()
        asyncio.get_running_loop().call_later(_LINGER, self._transport.close)

    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""
        return self._ended or self._transport.is_closing()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write, unless it is closing."""
        if not self.is_closing():
            self._transport.write(data)

    def get_extra_info(self, name: str, default: object = None) -> object:
        """What is known of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Read no more, until `resume_reading`."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        self._transport.resume_reading()
