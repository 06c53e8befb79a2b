"""A folder into an open archive; articles into the archive of a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.opened import OpenArchive

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.storage.tally import Report

Home = str | Path | None


def open_archive(home: Home = None, *, note: Callable[[str], None] | None = None) -> OpenArchive:
    """Open the archive of a folder, to ask it.

    Args:
        home: the folder; None is `DATELINE_HOME`, or `~/.dateline`. Its `settings.toml` and the variables
            `DATELINE_…` count as they do for the command line.
        note: is told in one line what takes long, such as compiling the encoder, once.

    Raises:
        ArchiveError: there is no archive, or none that can be read.
        BadSetting: a setting has a value that is none.
        EncoderError: the encoder cannot be loaded.
    """
    from bot.assemble import answering, load_encoder_of_archive, reader_for
    from bot.assemble import open_archive as opened

    settings = _settings(home)
    encoder = load_encoder_of_archive(settings, note=note)
    archive = opened(settings, encoder)
    try:
        dateline = answering(
            archive, encoder, hits=settings.hits, llm=settings.llm, reader=reader_for(settings)
        )
    except BaseException:
        archive.close()
        raise
    return OpenArchive(archive, encoder, dateline)


def add_articles(*paths: str | Path, home: Home = None, note: Callable[[str], None] | None = None) -> Report:
    """Add the articles of files and folders, making the archive where there is none; `note` as above.

    What became of each is in the report; what cannot be read is refused there with its reason, and the others
    go in. Adding them again changes nothing.

    Raises:
        ArchiveLocked: another process is writing to the archive.
        ArchiveError: it cannot be written to.
        BadSetting: a setting has a value that is none.
        EncoderError: the encoder cannot be loaded.
    """
    from bot.assemble import load_encoder_for
    from bot.assemble import open_archive as opened
    from index.articles.read import read_paths
    from index.storage.ingest import ingest

    settings = _settings(home)
    encoder = load_encoder_for(settings, note=note)
    with opened(settings, encoder, write="dateline.add_articles") as archive:
        return ingest(archive, encoder, read_paths([Path(path) for path in paths]))


def _settings(home: Home) -> Settings:
    from bot.settings import load_settings

    return load_settings({} if home is None else {"home": home})
