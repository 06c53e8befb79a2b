"""An extra of this program into the command that brings it to the Python that runs."""

from __future__ import annotations

import re
import shlex
import sys
from importlib.metadata import requires

_OF_EXTRA = re.compile(r"""^(?P<wanted>[^;]+);.*\bextra\s*==\s*["'](?P<extra>[\w-]+)["']""")


def bringing(extra: str) -> str:
    """The line for a shell that installs what an extra of `pyproject.toml` needs."""
    told = map(_OF_EXTRA.match, requires("dateline") or ())
    return installing(*(one["wanted"].strip() for one in told if one and one["extra"] == extra))


def installing(*requirements: str) -> str:
    """The line for a shell that installs packages, for this very Python: no other pip need be on the path."""
    return shlex.join([sys.executable, "-m", "pip", "install", *requirements])
