"""Vectors into a Chroma folder, and a Chroma folder into nearest neighbours; nothing else imports chromadb.

Chroma is spoken to through LlamaIndex's vector store, so that another engine can take its place. It is
given sequence numbers and vectors, no text. It writes its files whenever it likes, so it is only ever let
loose on a folder that nothing depends on: a new one while building, a private copy while searching (see
`index.storage.generations`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.encoding.encoder import Vectors
from index.storage.exact import VectorBlock
from index.storage.vector_index import IndexBroken

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from llama_index.vector_stores.chroma import ChromaVectorStore

_COLLECTION = "passages"
_BATCH = 1_000  # vectors a call
_EF_SEARCH = 200  # how wide the graph is searched; 100, the default, misses more of the 50 nearest


class ChromaIndex:
    """An open Chroma folder."""

    def __init__(self, client: ClientAPI, store: ChromaVectorStore, count: int) -> None:
        self._client = client
        self._store = store
        self.count = count

    @classmethod
    def open(cls, folder: Path) -> ChromaIndex:
        """Open a folder that `build` made; Chroma writes to it even so. Raises `IndexBroken`."""
        with _broken(folder):
            from llama_index.vector_stores.chroma import ChromaVectorStore

            client = _client(folder)
            collection = client.get_collection(_COLLECTION, embedding_function=None)
            return cls(client, ChromaVectorStore(chroma_collection=collection), collection.count())

    def nearest(self, vector: Vectors, *, limit: int) -> list[int]:
        """The sequence numbers of about the `limit` nearest vectors, nearest first. Raises `IndexBroken`."""
        from llama_index.core.vector_stores.types import VectorStoreQuery

        query = VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=min(limit, self.count))
        with _broken(None):
            return [int(name) for name in self._store.query(query).ids or []]

    def close(self) -> None:
        """Let go of the files."""
        _close(self._client)


def build(folder: Path, blocks: Iterable[VectorBlock], *, count: int) -> None:
    """Put `count` vectors into a new Chroma folder. Raises `IndexBroken`.

    `sync_threshold = count` makes Chroma write its graph once, at the end, and leaves nothing in its queue
    that every opening would have to replay.
    """
    from llama_index.core.schema import TextNode

    with _broken(folder):
        from chromadb.api.collection_configuration import (
            CreateCollectionConfiguration,
            CreateHNSWConfiguration,
        )
        from llama_index.vector_stores.chroma import ChromaVectorStore

        client = _client(folder)
        graph = CreateHNSWConfiguration(
            space="cosine",
            ef_search=_EF_SEARCH,
            sync_threshold=max(count, 2),
            batch_size=max(min(count, _BATCH), 2),
        )
        collection = client.create_collection(
            _COLLECTION, embedding_function=None, configuration=CreateCollectionConfiguration(hnsw=graph)
        )
        store = ChromaVectorStore(chroma_collection=collection)
        for block in blocks:
            for start in range(0, len(block.seqs), _BATCH):
                pairs = zip(
                    block.seqs[start : start + _BATCH].tolist(),
                    block.vectors[start : start + _BATCH].tolist(),
                    strict=True,
                )
                store.add([TextNode(id_=str(seq), text="", embedding=vector) for seq, vector in pairs])
        _close(client)


def _client(folder: Path) -> ClientAPI:
    """A client of that folder alone: no telemetry, and no settings out of a `.env` that lies about."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # an argument of every pydantic-settings class
        anonymized_telemetry=False,
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        chroma_otel_collection_endpoint="",
        migrations="apply",
    )
    return chromadb.PersistentClient(path=str(folder), settings=settings)


def _close(client: ClientAPI) -> None:
    from chromadb.api.client import Client

    if isinstance(client, Client):
        client.close()


@contextmanager
def _broken(folder: Path | None) -> Iterator[None]:
    """Turn whatever Chroma raises into `IndexBroken`; a panic of its Rust side is not even an `Exception`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as exc:
        place = f"{folder}: " if folder else ""
        said = " ".join(str(exc).split()) or type(exc).__name__
        raise IndexBroken(f"{place}{said[:200]}") from exc
