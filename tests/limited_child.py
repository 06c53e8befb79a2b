"""A child for tests of `index.articles.limited`: does what its request asks for."""

import os
import time
from pathlib import Path

from index.articles.limited import serve


def obey(request: bytes) -> bytes:
    order, _, rest = request.partition(b" ")
    if order == b"spin":
        while True:
            pass
    if order == b"sleep":
        time.sleep(60)
    if order == b"die":
        os._exit(3)
    if order == b"raise":
        raise ValueError(rest.decode())
    if order == b"hoard":
        return bytes(1 << 40)
    if order == b"write":
        Path(rest.decode()).write_text("x")
    return rest + str(os.getpid()).encode() if order == b"pid" else rest


if __name__ == "__main__":
    serve(obey)
