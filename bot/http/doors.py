"""A host and a port into sockets that are bound there: asked for before anything is loaded."""

from __future__ import annotations

import socket
from contextlib import ExitStack

from index.errors import BadSetting


def bound_doors(host: str, port: int) -> list[socket.socket]:
    """A socket for each address of a host, bound; they listen when the server starts.

    Raises:
        BadSetting: the port is in use or may not be had, or the host is not this machine.
    """
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        with ExitStack() as opened:
            doors = [_bound(family, address, opened) for family, *_, address in dict.fromkeys(places)]
            opened.pop_all()
    except OSError as exc:
        raise cannot_listen(host, port, exc) from exc
    return doors


def cannot_listen(host: str, port: int, exc: OSError) -> BadSetting:
    """Why a server cannot listen, in one line."""
    why = exc.strerror or str(exc)
    return BadSetting(
        f"cannot listen at port {port} of {host} ({why}), expected a free port of this machine: --port N, or"
        " --port 0 for any"
    )


def _bound(family: socket.AddressFamily, address: tuple[object, ...], opened: ExitStack) -> socket.socket:
    door = opened.enter_context(socket.socket(family, socket.SOCK_STREAM))
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that just ended left it waiting
    if family == socket.AF_INET6:
        door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)  # IPv4 has a door of its own
    door.bind(address)
    return door
