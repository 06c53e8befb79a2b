"""paper-qa's retrieval: its own chunks and MMR over the same encoder.

Its answers need an LLM at every step (it summarises each passage before it answers), so only its search is
here: `Docs.aadd` with a citation given, which asks no LLM, and `Docs.retrieve_texts`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from eval.answer_json import ShownAnswer, ShownHit
from index.encoding.encoder import Encoder
from index.records import Article

if TYPE_CHECKING:
    from paperqa import Docs, Settings


class PaperQa:
    """`paperqa.Docs` as it comes."""

    name = "paper-qa, search only"
    set_up = "one package with 20 more, a file an article, an LLM to answer"

    def __init__(self, encoder: Encoder) -> None:
        os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # it asks the network otherwise
        from paperqa import Docs

        self._model = _Embedding(encoder)
        self._docs: Docs = Docs()
        self._settings = _settings()

    def index(self, articles: Sequence[Article]) -> int:
        """Every article as a text file, as it wants them."""
        asyncio.run(self._index(articles))
        return len(articles)

    def search(self, question: str, *, limit: int) -> list[ShownHit]:
        """What its MMR search finds."""
        found = asyncio.run(
            self._docs.retrieve_texts(
                question,
                min(limit, len(self._docs.texts)),
                settings=self._settings,
                embedding_model=self._model,
            )
        )
        return [ShownHit(article=str(text.doc.dockey), text=text.text) for text in found]

    def answer(self, question: str) -> ShownAnswer | None:
        """Not without an LLM."""
        return None

    async def _index(self, articles: Sequence[Article]) -> None:
        with TemporaryDirectory(prefix="dateline-peers-") as folder:
            for number, article in enumerate(articles):
                path = Path(folder) / f"{number}.txt"
                path.write_text(article.body, encoding="utf-8")
                await self._docs.aadd(
                    path,
                    citation=article.title or article.id,
                    docname=article.id,
                    dockey=article.id,
                    settings=self._settings,
                    embedding_model=self._model,
                )


def _settings() -> Settings:
    from paperqa import Settings

    settings = Settings()
    settings.parsing.use_doc_details = False  # it would ask Crossref about every article
    return settings


@dataclass(frozen=True)
class _Embedding:
    """The encoder as paper-qa asks an embedding model."""

    encoder: Encoder

    @property
    def name(self) -> str:
        """Of the model."""
        return self.encoder.name

    def set_mode(self, mode: object) -> None:
        """Questions and texts are encoded alike."""

    async def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        return [[float(value) for value in row] for row in self.encoder.encode(texts)]
