"""LlamaIndex's default pipeline: `VectorStoreIndex`, `SentenceSplitter`, Chroma, the same encoder.

Answers come from its `CitationQueryEngine` with a scripted LLM (see `eval.peers.scripted`).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Literal

from bot.showing.articles_json import ArticleRef, CitationBody
from bot.showing.parts_json import SentenceBody
from eval.answer_json import ShownAnswer, ShownHit
from eval.peers.scripted import copy_best
from index.encoding.encoder import Encoder
from index.records import Article

if TYPE_CHECKING:
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.base.response.schema import RESPONSE_TYPE
    from llama_index.core.llms import LLM
    from llama_index.core.schema import NodeWithScore

_WHOLE = 200  # tokens as LlamaIndex counts them; with title and name, MiniLM's 256 hold that
_MARK = re.compile(r"\s*\[(\d+)\]")
_SOURCE = re.compile(r"\ASource \d+:\n")


class LlamaIndex:
    """Its LLM copies; `altered()` is the same index with one that changes a digit of what it copies."""

    name = "LlamaIndex defaults"
    set_up = "three packages, 30 lines, an LLM to answer"

    def __init__(
        self, encoder: Encoder, *, store: Literal["chroma", "simple"] = "chroma", whole: bool = False
    ) -> None:
        """`store`: Chroma in memory, or what LlamaIndex takes when nothing is said.

        `whole`: the text in pieces that the encoder sees whole, instead of LlamaIndex's 1,024 tokens.
        """
        self._embedding = _embedding(encoder)
        self._whole = whole
        self._store = store
        self._bodies: dict[str, str] = {}
        self._index: VectorStoreIndex | None = None

    def altered(self) -> Altered:
        """The same, answering with altered words."""
        return Altered(self)

    def index(self, articles: Sequence[Article]) -> int:
        """As its starter guide does it."""
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter

        self._bodies = {article.id: article.body for article in articles}
        documents = [
            Document(
                text=article.body, id_=article.id, metadata={"title": article.title, "article": article.id}
            )
            for article in articles
        ]
        self._index = VectorStoreIndex.from_documents(
            documents,
            storage_context=_in_chroma() if self._store == "chroma" else None,
            embed_model=self._embedding,
            transformations=[
                SentenceSplitter(chunk_size=_WHOLE, chunk_overlap=0) if self._whole else SentenceSplitter()
            ],
        )
        return len(articles)

    def search(self, question: str, *, limit: int) -> list[ShownHit]:
        """What its retriever finds."""
        found = self.ready().as_retriever(similarity_top_k=limit).retrieve(question)
        return [_hit(one) for one in found]

    def answer(self, question: str) -> ShownAnswer | None:
        """What its citation engine says, with the sources that the marks name."""
        return self.answer_with(question, altering=False)

    def answer_with(self, question: str, *, altering: bool) -> ShownAnswer:
        """The same, with an LLM that copies faithfully or not."""
        from llama_index.core.query_engine import CitationQueryEngine

        llm = _scripted(question, altering=altering)
        response = CitationQueryEngine.from_args(self.ready(), llm=llm).query(question)
        return shown(question, response, bodies=self._bodies)

    def ready(self) -> VectorStoreIndex:
        """Its index, once the articles are in it."""
        assert self._index is not None, "index() comes first"
        return self._index


def _in_chroma() -> StorageContext:
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from llama_index.core import StorageContext
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.EphemeralClient(ChromaSettings(anonymized_telemetry=False))
    return StorageContext.from_defaults(
        vector_store=ChromaVectorStore(client.get_or_create_collection("peer"))
    )


class Altered:
    """The index of another, asked with an LLM that alters what it copies; nothing is indexed again."""

    name = "LlamaIndex defaults, LLM alters a digit"
    set_up = "the same"

    def __init__(self, of: LlamaIndex) -> None:
        self._of = of

    def index(self, articles: Sequence[Article]) -> int:
        """Done already."""
        return 0

    def search(self, question: str, *, limit: int) -> list[ShownHit]:
        """As the other."""
        return self._of.search(question, limit=limit)

    def answer(self, question: str) -> ShownAnswer | None:
        """With the altering LLM."""
        return self._of.answer_with(question, altering=True)


def shown(question: str, response: RESPONSE_TYPE, *, bodies: dict[str, str]) -> ShownAnswer:
    """Its response as Dateline would show it: the sentence it claims to have from an article is the quote.

    Nothing of it is proved.
    """
    text = str(response)
    numbers = [int(number) for number in _MARK.findall(text)]
    said = _MARK.sub("", text).strip()
    citations = tuple(
        _citation(number, said, response.source_nodes[number - 1], bodies)
        for number in dict.fromkeys(numbers)
        if 1 <= number <= len(response.source_nodes)
    )
    sentence = SentenceBody(text=said, citations=tuple(one.number for one in citations), verdict="marked")
    return ShownAnswer(
        question=question,
        status="answered",
        text=text,
        sentences=(sentence,),
        citations=citations,
        llm="scripted",
    )


def _citation(number: int, said: str, node: NodeWithScore, bodies: dict[str, str]) -> CitationBody:
    article = str(node.node.metadata["article"])
    start = max(bodies[article].find(said), 0)
    return CitationBody(
        number=number,
        quote=said,
        start=start,
        end=start + len(said),
        revision="",
        article=ArticleRef(id=article, title=""),
    )


def _hit(found: NodeWithScore) -> ShownHit:
    text = _SOURCE.sub("", found.node.get_content())
    return ShownHit(article=str(found.node.metadata["article"]), text=text, score=float(found.score or 0))


def _embedding(encoder: Encoder) -> BaseEmbedding:
    """The encoder as LlamaIndex wants it, with its default batch of ten."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Wrapped(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(value) for value in row] for row in encoder.encode(texts)]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    return Wrapped(model_name=encoder.name)


def _scripted(question: str, *, altering: bool) -> LLM:
    from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
    from llama_index.core.llms.custom import CustomLLM

    class Scripted(CustomLLM):
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(model_name="scripted", context_window=32_000)

        def complete(self, prompt: str, formatted: bool = False, **kwargs: object) -> CompletionResponse:
            return CompletionResponse(text=copy_best(prompt, question=question, altering=altering))

        def stream_complete(
            self, prompt: str, formatted: bool = False, **kwargs: object
        ) -> CompletionResponseGen:
            def once() -> Generator[CompletionResponse, None, None]:
                yield self.complete(prompt)

            return once()

    return Scripted()
