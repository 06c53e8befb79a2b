"""A set's articles into an archive that is kept, so that the next run of the same set begins at once.

The folder's name is a hash of all that shapes the archive: the article files, the encoder, and the code
that reads, splits and stores. Whatever of it changes makes a new one; of those only the last few used stay.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from time import time
from uuid import uuid4

from index.articles.read import count_articles, read_paths
from index.encoding.encoder import Encoder
from index.errors import BadInput, Refusal
from index.storage.archive import Archive
from index.storage.ingest import ingest

_DAY = 86_400  # seconds
STAY = 6  # archives; the largest public set makes one of 150 MB

# The modules that decide what an archive holds. A change elsewhere, in retrieval say, must not cost minutes
# of encoding the same articles again.
SHAPING = (
    "articles.bylines", "articles.copied", "articles.decode", "articles.doubles", "articles.draft",
    "articles.files", "articles.formats.columns", "articles.formats.delimited",
    "articles.formats.editions",
    "articles.formats.json_values", "articles.formats.known", "articles.formats.markup",
    "articles.formats.newsml", "articles.formats.newsml1", "articles.formats.ninjs", "articles.formats.nitf",
    "articles.formats.parquet", "articles.formats.reading", "articles.formats.rows",
    "articles.formats.telegram", "articles.formats.warc", "articles.formats.wxr",
    "articles.formats.xml_items", "articles.furniture", "articles.html", "articles.identity",
    "articles.jsonl", "articles.keys", "articles.labels", "articles.markdown", "articles.page.article",
    "articles.page.boxes", "articles.page.chosen", "articles.page.fields", "articles.page.headline",
    "articles.page.hidden", "articles.page.lead", "articles.page.masthead", "articles.page.others",
    "articles.page.publication", "articles.page.signatures", "articles.page.statements",
    "articles.page.styles", "articles.page.tree", "articles.page.visible", "articles.page.writers",
    "articles.plain", "articles.promotions", "articles.read", "articles.scripts", "canonical", "clock",
    "copies.edited", "copies.figures", "copies.overlap", "copies.publisher", "copies.relation",
    "copies.retracting", "copies.revised", "copies.sample", "copies.sentence", "copies.telling",
    "copies.traits", "copies.words", "corrections", "dates", "letters", "records",
    "sentences", "split", "stems", "storage.editions", "storage.ingest", "storage.namesakes",
    "storage.origins",
    "storage.rows", "storage.schema", "storage.stem_counts", "storage.stories", "storage.writing",
)  # fmt: skip

Tell = Callable[[int, int], None]  # articles settled, and how many there are as far as is known


def kept_archive(folder: Path, paths: Sequence[Path], *, encoder: Encoder, tell: Tell) -> Path:
    """The home of an archive of these article files under `folder`, made now if it is not there.

    Raises:
        BadInput: nothing could be read from the files; the first refusals are named.
    """
    home = folder / archive_key(paths, encoder)
    if not home.is_dir():
        _make(home, paths, encoder=encoder, tell=tell)
    os.utime(home)
    _sweep(folder)
    return home


def archive_key(paths: Sequence[Path], encoder: Encoder) -> str:
    """16 hexadecimal digits for these articles, this encoder and this code."""
    digest = hashlib.sha256(encoder.fingerprint.encode())
    for path in _files(paths):
        digest.update(f"\n{path.name}\n".encode() + path.read_bytes())
    for name in SHAPING:
        digest.update(inspect.getsource(importlib.import_module(f"index.{name}")).encode())
    return digest.hexdigest()[:16]


def _files(paths: Sequence[Path]) -> list[Path]:
    return [
        file
        for path in paths
        for file in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if file.is_file()
    ]


def _make(home: Path, paths: Sequence[Path], *, encoder: Encoder, tell: Tell) -> None:
    """Build beside and move into place, so that a run that is broken off leaves nothing half full."""
    unfinished = home.with_name(f"{home.name}.{uuid4().hex[:8]}.part")
    unfinished.mkdir(parents=True)
    try:
        total = count_articles(paths)
        with Archive.open(unfinished, encoder, write=True, command="dateline eval") as archive:
            report = ingest(
                archive, encoder, read_paths(paths), progress=lambda one: tell(one.done, max(total, one.done))
            )
        if report.stopped:
            raise KeyboardInterrupt
        if not report.added:
            raise BadInput(f"{paths[0]}: no article could be read: {_refusals(report.refused)}")
        if not home.is_dir():  # another run may have made it meanwhile
            unfinished.rename(home)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _refusals(refused: Sequence[Refusal]) -> str:
    return "; ".join(f"{one.where}: {one.reason}" for one in refused[:3]) or "there are none"


def _sweep(folder: Path) -> None:
    """Delete all but the last few archives, and what a killed run left behind more than a day ago."""
    homes = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    whole = [path for path in homes if path.suffix != ".part"]
    left = [path for path in homes if path.suffix == ".part" and path.stat().st_mtime < time() - _DAY]
    for old in whole[STAY:] + left:
        shutil.rmtree(old, ignore_errors=True)
