"""`dateline doctor`: every check that Dateline has of itself, and what to do about what fails."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import click

from bot.commands.options import current_settings, json_option, print_json
from index.errors import DatelineError

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.storage.archive import Archive

_SAMPLED = 20
_FREE = 1 << 30  # bytes
_OLDEST_CLOCK = 1_767_225_600  # 2026-01-01: no clock that is right shows less
_FAILED_EXIT = 4
_MARKS = {"ok": "ok  ", "warning": "note", "failed": "FAIL"}


@dataclass(frozen=True)
class Check:
    """What was looked at, what came of it in words, and what to do where it is not well."""

    name: str
    state: Literal["ok", "warning", "failed"]
    found: str
    advice: str = ""


@click.command(short_help="Check everything, and say what to do.")
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Check the home folder, the archive, its index, twenty proofs, the encoder and the language model.

    Exits with 0 where all is well or worth a note, with 4 where a check failed.

    \b
    Examples
      dateline doctor
      dateline doctor --json
    """
    found = []
    for one in checks(current_settings(context)):
        found.append(one)
        if not as_json:
            click.echo(f"{_MARKS[one.state]}  {one.name:16} {one.found}")
            if one.advice:
                click.echo(f"      {'':16} → {one.advice}")
    if as_json:
        print_json([asdict(one) for one in found])
    return _FAILED_EXIT if any(one.state == "failed" for one in found) else 0


def checks(settings: Settings) -> Iterator[Check]:
    """Every check, each when it is done; what hangs on one that failed is left out."""
    yield _folder(settings)
    yield _disk(settings)
    yield _clock()
    yield _tried(
        "encoder", lambda: _encoder(settings), "set `encoder` to a model that is there; see README.md"
    )
    try:
        from bot.assemble import open_archive

        with open_archive(settings) as archive:
            yield _tried("archive", lambda: _archive(archive), "restore a backup, or add the articles again")
            yield _tried("index", lambda: _index(archive), "it is built again by `dateline serve`")
            yield _tried("proofs", lambda: _proofs(archive), "restore a backup, or add the articles again")
    except DatelineError as exc:
        yield Check("archive", "failed", str(exc), "add articles with `dateline add`, or restore a backup")
    yield _model(settings)


def _tried(name: str, look: Callable[[], Check], advice: str) -> Check:
    try:
        return look()
    except DatelineError as exc:
        return Check(name, "failed", str(exc), advice)


def _folder(settings: Settings) -> Check:
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


def _disk(settings: Settings) -> Check:
    folder = next(one for one in (settings.home, *settings.home.absolute().parents) if one.exists())
    free = shutil.disk_usage(folder).free
    state: Literal["ok", "warning"] = "ok" if free >= _FREE else "warning"
    advice = "" if free >= _FREE else "make room before articles are added"
    return Check("free disk", state, f"{free / 1e9:.1f} GB", advice)


def _clock() -> Check:
    now = time.time()
    shown = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(now))
    if now < _OLDEST_CLOCK:
        return Check("clock", "failed", shown, "set the clock: “this week” and ages are read by it")
    return Check("clock", "ok", shown)


def _encoder(settings: Settings) -> Check:
    from bot.assemble import load_encoder_for

    begun = time.monotonic()
    encoder = load_encoder_for(settings)
    (vector,) = encoder.encode(["a word"])
    taken = time.monotonic() - begun
    return Check("encoder", "ok", f"{settings.encoder}, {len(vector)} dimensions, ready in {taken:.1f} s")


def _archive(archive: Archive) -> Check:
    fault = archive.fault()
    if fault:
        return Check("archive", "failed", fault, "restore a backup, or add the articles again")
    state = archive.status()
    if not state.articles:
        return Check("archive", "warning", "no article", "begin with `dateline add`")
    return Check("archive", "ok", f"{state.articles:,} articles, {state.passages:,} passages")


def _index(archive: Archive) -> Check:
    state = archive.status()
    if state.health != "ok":
        return Check("index", "warning", state.health, "answers are right; `dateline serve` builds it again")
    return Check("index", "ok", state.index.state)


def _proofs(archive: Archive) -> Check:
    """Sampled articles against the hashes that name their revisions: what is quoted is what was added."""
    _, total = archive.newest(offset=0, limit=1)
    places = random.Random(0).sample(range(total), min(_SAMPLED, total))
    for place in places:
        (article,), _ = archive.newest(offset=place, limit=1)
        if archive.present([article.id]).get(article.id) != article.revision:
            return Check("proofs", "failed", f"{article.id}: its words are not those that were added",
                         "restore a backup, or add it again")  # fmt: skip
    return Check("proofs", "ok", f"{len(places)} of {total:,} articles have the words that were added")


def _model(settings: Settings) -> Check:
    if not settings.llm.model:
        return Check("language model", "ok", "none is set; answers are quoted")
    from bot.assemble import language_model

    try:
        language_model(settings.llm)
    except DatelineError as exc:
        return Check("language model", "failed", str(exc), "see llm.* in `dateline settings`")
    return Check("language model", "ok", f"{settings.llm.model} is set; `dateline ask` says where it fails")
