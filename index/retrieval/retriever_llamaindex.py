"""The archive as a LlamaIndex retriever, so that any of its query engines or agents can stand on it.

A node's id is `revision:start-end`: the place of its text in the body of one revision, which a citation can
be made from. Nothing here reads or sets LlamaIndex's global settings.
"""

from __future__ import annotations

import asyncio

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.records import Filters, Hit
from index.retrieval.retrieve import Retriever

_EVERYTHING = Filters()
# What an LLM or an encoder is not shown: places, which it could only copy wrongly.
_PLACES = ["article", "revision", "start", "end", "url"]


class ArchiveRetriever(BaseRetriever):
    """Hits as `NodeWithScore`, best first, at most `limit`; scores compare within one list only."""

    def __init__(self, retriever: Retriever, *, filters: Filters = _EVERYTHING, limit: int = 12) -> None:
        super().__init__()
        self._retriever = retriever
        self._filters = filters
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._retriever.retrieve(query_bundle.query_str, filters=self._filters, limit=self._limit)
        return [node_of(hit) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def node_of(hit: Hit) -> NodeWithScore:
    """A hit as a node: its passage's text, its article's metadata, and its place in the article's body."""
    passage, article = hit.passage, hit.article
    metadata: dict[str, str | int | None] = {
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "article": article.id,
        "revision": passage.revision,
        "start": passage.start,
        "end": passage.end,
    }
    node = TextNode(
        id_=f"{passage.revision}:{passage.start}-{passage.end}",
        text=passage.text,
        metadata=metadata,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        excluded_llm_metadata_keys=_PLACES,
        excluded_embed_metadata_keys=_PLACES,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )
    return NodeWithScore(node=node, score=hit.score)
