"""The machine that an archive is on into what is well with it: its folder, its disk, its clock."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.settings import Settings

_FREE = 1 << 30  # bytes
_OLDEST_CLOCK = 1_767_225_600  # 2026-01-01: no clock that is right shows less


@dataclass(frozen=True)
class Check:
    """What was looked at, what came of it in words, and what to do where it is not well."""

    name: str
    state: Literal["ok", "warning", "failed"]
    found: str
    advice: str = ""


def folder_check(settings: Settings) -> Check:
    """Whether the home folder is there, can be written, and is its owner's alone."""
    home = settings.home
    if not home.is_dir():
        return Check(
            "home", "failed", f"{home}: no such folder", "begin with `dateline add`, or name one with --home"
        )
    if not os.access(home, os.W_OK):
        return Check("home", "warning", f"{home}: cannot be written", "nothing can be added here")
    open_to_others = home.stat().st_mode & 0o077
    if open_to_others:
        return Check("home", "warning", f"{home}: others on this machine may read it", f"chmod 700 {home}")
    return Check("home", "ok", str(home))


def disk_check(settings: Settings) -> Check:
    """Whether there is room for more articles."""
    folder = next(one for one in (settings.home, *settings.home.absolute().parents) if one.exists())
    free = shutil.disk_usage(folder).free
    state: Literal["ok", "warning"] = "ok" if free >= _FREE else "warning"
    advice = "" if free >= _FREE else "make room before articles are added"
    return Check("free disk", state, f"{free / 1e9:.1f} GB", advice)


def clock_check() -> Check:
    """Whether the clock may be right."""
    now = time.time()
    shown = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(now))
    if now < _OLDEST_CLOCK:
        return Check("clock", "failed", shown, "set the clock: “this week” and ages are read by it")
    return Check("clock", "ok", shown)
