"""What each case is asked of: the set's archive, or one of the case's own texts alone where it brings any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering.asking import Dateline
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from eval.asking import Subject
from eval.cases import Case
from index.articles.draft import Found
from index.canonical import canonical
from index.encoding.encoder import Encoder
from index.errors import ArchiveError
from index.records import Article, Hit
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.ingest import ingest

Build = Callable[[Archive, Encoder], Dateline]


@dataclass(frozen=True)
class Whole:
    """Dateline and the archive it answers from."""

    archive: Archive
    dateline: Dateline

    async def ask(self, asked: Asked) -> Answer:
        """As `bot.answering.asking.Dateline.ask`."""
        return await self.dateline.ask(asked)

    async def search(self, asked: Asked, *, limit: int) -> list[Hit]:
        """As `bot.answering.asking.Dateline.search`."""
        return await self.dateline.search(asked, limit=limit)


class Workbench:
    """A context manager; `home` is the set's archive, None where every case brings its own texts."""

    def __init__(self, home: ArchiveHome | None, encoder: Encoder, *, build: Build) -> None:
        self._encoder = encoder
        self._build = build
        self._open = ExitStack()
        self._home = home
        self._shared: Subject | None = None
        self._texts: tuple[str, ...] = ()
        self._own: Subject | None = None
        self._own_open = ExitStack()

    def __enter__(self) -> Workbench:
        if self._home is not None:
            archive = self._open.enter_context(Archive.open(self._home, self._encoder))
            self._shared = Whole(archive, self._build(archive, self._encoder))
        return self

    def __exit__(self, *exc: object) -> None:
        self._own_open.close()
        self._open.close()

    @contextmanager
    def subject(self, case: Case) -> Iterator[Subject]:
        """What to ask this case; an archive of its own texts stays open until a case brings others."""
        if case.own_texts:
            yield self._of_texts(case.own_texts)
        elif self._shared is not None:
            yield self._shared
        else:
            raise ArchiveError(f"case {case.id} brings no text and there is no archive to ask it of")

    def _of_texts(self, texts: tuple[str, ...]) -> Subject:
        if self._own is None or texts != self._texts:
            self._own_open.close()
            archive = self._own_open.enter_context(archive_of_texts(texts, self._encoder))
            self._own, self._texts = Whole(archive, self._build(archive, self._encoder)), texts
        return self._own


@contextmanager
def archive_of_texts(texts: Sequence[str], encoder: Encoder) -> Iterator[Archive]:
    """An archive of one article a text, "text-1" and on, without titles; deleted afterwards."""
    bodies = map(canonical, texts)
    found = [
        Found(Article(f"text-{number}", "", body), f"text {number}", ())
        for number, body in enumerate(bodies, 1)
    ]
    with TemporaryDirectory(prefix="dateline-eval-") as folder:
        with Archive.open(Path(folder), encoder, write=True) as archive:
            ingest(archive, encoder, found)
        with Archive.open(Path(folder), encoder) as archive:
            yield archive
