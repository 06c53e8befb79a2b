"""Hits in the order in which a language model is sent them, and how that order is measured."""

from collections.abc import Sequence
from dataclasses import replace

from asking_fakes import LUND, MOE, hit_of

from bot.weighing.reader.memory import Remembering
from bot.weighing.reader.reader import PassageRead, SentenceRead
from bot.weighing.reranking import Reranker
from eval.cases import Case
from eval.studies.ordering import orders_of, shares, table
from index.records import Hit, Span

LUND_HIT, MOE_HIT = hit_of(LUND, score=2.0), hit_of(MOE, score=1.5)


class Sure:
    """Finds words in one article only, by so much."""

    def __init__(self, article_id: str, margin: float) -> None:
        self.sure, self.margin = article_id, margin
        self.reads: list[str] = []

    def read(self, question: str, hits: Sequence[Hit]) -> list[PassageRead]:
        return [self._read(hit) for hit in hits]

    def _read(self, hit: Hit) -> PassageRead:
        self.reads.append(hit.article.id)
        score = self.margin if hit.article.id == self.sure else -self.margin
        return PassageRead((SentenceRead(hit.passage.sentences[0], Span(0, 4), score),), 0.0)


def test_a_sure_reader_puts_a_passage_before_one_that_the_search_likes_a_little_more() -> None:
    hits = [LUND_HIT, MOE_HIT]
    assert Reranker(Sure(MOE.id, 5.0)).order("How many boats?", hits) == [MOE_HIT, LUND_HIT]
    assert Reranker(Sure(MOE.id, 0.5)).order("How many boats?", hits) == hits


def test_a_reader_is_believed_only_so_much_and_equals_stay_as_they_were_found() -> None:
    far = replace(LUND_HIT, score=MOE_HIT.score + 3.0)
    assert Reranker(Sure(MOE.id, 1000.0)).order("How many boats?", [far, MOE_HIT]) == [far, MOE_HIT]
    same = replace(MOE_HIT, score=LUND_HIT.score)
    assert Reranker(Sure("", 1.0)).order("How many boats?", [same, LUND_HIT]) == [same, LUND_HIT]


def test_an_order_counts_in_how_many_cases_the_words_are_among_the_first() -> None:
    boats = Case(id="a", kind="fact", question="How many boats?", answer=(("60", "sixty"),), articles=("x",))
    cod = Case(id="b", kind="fact", question="How much cod?", answer=(("400,000",),), articles=("x",))
    hits = [LUND_HIT, MOE_HIT]
    found = shares(
        [(case, orders_of(case.question, hits, Remembering(Sure(MOE.id, 5.0)))) for case in (boats, cod)]
    )
    assert found["by the search"] == (0.5, 1.0, 1.0)
    assert found["by both"] == found["by the reader"] == (0.5, 1.0, 1.0)
    assert table(found, cases=2).splitlines()[1].split()[-3:] == ["0.500", "1.000", "1.000"]
