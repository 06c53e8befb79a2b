"""Dateline itself, measured as the peers are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answers.asked import Asked
from eval.answer_json import ShownAnswer, ShownHit, shown
from eval.asking import shown_hit
from eval.speed.benches import Build
from index.articles.draft import Found
from index.encoding.encoder import Encoder
from index.records import Article
from index.storage.archive import Archive
from index.storage.ingest import ingest


class Whole:
    """Ingest into a new archive on disk, search and answer as the command line does, without an LLM."""

    name = "Dateline"
    set_up = "one package, two commands"

    def __init__(self, encoder: Encoder, *, build: Build, open_until: ExitStack) -> None:
        self._encoder = encoder
        self._build = build
        self._open = open_until
        self._home = Path(open_until.enter_context(TemporaryDirectory(prefix="dateline-peers-")))
        self._loop = open_until.enter_context(asyncio.Runner())

    def index(self, articles: Sequence[Article]) -> int:
        """Split, encode and store durably."""
        with Archive.open(self._home, self._encoder, write=True) as archive:
            ingest(archive, self._encoder, (Found(article, article.id, ()) for article in articles))
        archive = self._open.enter_context(Archive.open(self._home, self._encoder))
        self._dateline = self._build(archive, self._encoder)
        return len(articles)

    def search(self, question: str, *, limit: int) -> list[ShownHit]:
        """The hits, with the copies that each stands for."""
        return [shown_hit(hit) for hit in self._loop.run(self._dateline.search(Asked(question), limit=limit))]

    def answer(self, question: str) -> ShownAnswer | None:
        """The proved answer or the abstention."""
        return shown(self._loop.run(self._dateline.ask(Asked(question))))
