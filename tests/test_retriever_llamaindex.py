from __future__ import annotations

import asyncio
from datetime import date

from index.records import Article, Filters, Hit, Passage, Span

BODY = "A truce began at noon. Both sides accused each other by evening."
SENTENCES = ("A truce began at noon.", "Both sides accused each other by evening.")
EVERYTHING = Filters()


class FakeRetriever:
    """Answers any question with the two sentences of one article, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Filters, int]] = []

    def retrieve(
        self, question: str, *, filters: Filters = EVERYTHING, limit: int = 12, asked_on: date | None = None
    ) -> list[Hit]:
        self.asked.append((question, filters, limit))
        article = Article("truce", "A truce", BODY, outlet="Harbour Post", published="2020-10-18")
        return [_hit(article, Span(0, 22), 2.0), _hit(article, Span(23, 64), 1.0)]


def _hit(article: Article, span: Span, score: float) -> Hit:
    text = article.body[span.start : span.end]
    return Hit(Passage(article.id, article.revision, 0, *span, text, (span,)), article, score, article.id)


def test_hits_become_nodes_that_name_their_place() -> None:
    from index.retrieval.retriever_llamaindex import ArchiveRetriever

    retriever = FakeRetriever()
    filters = Filters(outlet=("Harbour Post",))
    nodes = ArchiveRetriever(retriever, filters=filters, limit=2).retrieve("When did the truce begin?")

    assert retriever.asked == [("When did the truce begin?", filters, 2)]
    assert [node.score for node in nodes] == [2.0, 1.0]
    for node, text in zip(
        nodes, ("A truce began at noon.", "Both sides accused each other by evening."), strict=True
    ):
        revision, place = node.node_id.split(":")
        start, end = map(int, place.split("-"))
        assert BODY[start:end] == text == node.text
        assert node.metadata == {
            "title": "A truce", "outlet": "Harbour Post", "published": "2020-10-18", "url": None,
            "article": "truce", "revision": revision, "start": start, "end": end,
        }  # fmt: skip


def test_an_llm_is_shown_who_wrote_and_when_but_no_offsets() -> None:
    from llama_index.core.schema import MetadataMode

    from index.retrieval.retriever_llamaindex import ArchiveRetriever

    node = ArchiveRetriever(FakeRetriever()).retrieve("When?")[0].node
    shown = node.get_content(metadata_mode=MetadataMode.LLM)

    assert "Harbour Post" in shown and "2020-10-18" in shown
    assert "start" not in shown and "revision" not in shown


def test_asking_without_waiting_finds_the_same() -> None:
    from index.retrieval.retriever_llamaindex import ArchiveRetriever

    archive = ArchiveRetriever(FakeRetriever())
    waited = asyncio.run(archive.aretrieve("When?"))

    assert [node.node_id for node in waited] == [node.node_id for node in archive.retrieve("When?")]


def test_a_query_engine_answers_from_the_hits_and_names_them() -> None:
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine

    from index.retrieval.retriever_llamaindex import ArchiveRetriever

    archive = ArchiveRetriever(FakeRetriever())
    response = RetrieverQueryEngine.from_args(archive, llm=MockLLM()).query("When did the truce begin?")

    # MockLLM answers with its prompt, so the passages have reached it.
    assert "A truce began at noon." in str(response)
    assert [node.node_id for node in response.source_nodes] == [
        node.node_id for node in archive.retrieve("When?")
    ]
