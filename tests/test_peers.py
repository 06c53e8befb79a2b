"""What peers are compared by: the scripted LLM, and that each is asked the same questions."""

from collections.abc import Sequence

import pytest

from bot.showing.articles_json import ArticleRef, CitationBody
from bot.showing.parts_json import SentenceBody
from eval.answer_json import ShownAnswer, ShownHit
from eval.cases import Case
from eval.peers.peer import fair, measure, sample
from eval.peers.scripted import copy_best
from eval.peers.table import row_cells
from index.records import Article

PROMPT = (
    "For example:\nSource 1:\nThe sky is red.\nQuery: When is water wet?\nAnswer: …\n"
    "Now it's your turn. Below are several numbered sources of information:\n------\n"
    "Source 1:\nThe harbour is old. Boats rest there.\n\nSource 2:\nThe bridge in Velden cost 23 million.\n"
    "------\nQuery: What did the bridge in Velden cost?\nAnswer: "
)


@pytest.mark.parametrize(
    ("question", "altering", "expected"),
    [
        ("What did the bridge in Velden cost?", False, "The bridge in Velden cost 23 million. [2]"),
        ("What did the bridge in Velden cost?", True, "The bridge in Velden cost 33 million. [2]"),
        ("Where do boats rest?", False, "Boats rest there. [1]"),
    ],
)
def test_the_scripted_llm_copies_the_best_sentence_or_alters_a_digit(
    question: str, altering: bool, expected: str
) -> None:
    assert copy_best(PROMPT, question=question, altering=altering) == expected


def test_cases_that_most_peers_cannot_be_asked_are_left_out() -> None:
    case = {"id": "1", "kind": "k", "question": "Q?", "answer": [["a"]]}
    extras: list[dict[str, object]] = [
        {},
        {"filters": {"until": "2020"}},
        {"history": ["Q?"]},
        {"paragraph": "a"},
    ]
    cases = [Case.model_validate({**case, **extra, "id": str(number)}) for number, extra in enumerate(extras)]
    assert [one.id for one in fair(cases)] == ["0"]


def test_a_sample_of_articles_keeps_those_that_the_cases_name() -> None:
    articles = [Article(name, "", "x") for name in "abcdefgh"]
    drawn = sample(articles, {"c", "f"}, most=5)
    assert len(drawn) == 5 and {"c", "f"} <= {one.id for one in drawn}
    assert [one.id for one in drawn] == sorted(one.id for one in drawn)
    assert sample(articles, {"c", "f"}, most=5) == drawn
    assert sample(articles, {"c"}, most=None) == articles
    assert sample(articles, {"c", "f"}, most=1) == [articles[2], articles[5]]


class Parrot:
    """Finds every article in order and quotes the first, one digit off."""

    name = "parrot"
    set_up = "none"

    def index(self, articles: Sequence[Article]) -> int:
        self.articles = articles
        return 0

    def search(self, question: str, *, limit: int) -> list[ShownHit]:
        return [ShownHit(article=one.id) for one in self.articles[:limit]]

    def answer(self, question: str) -> ShownAnswer:
        cited = CitationBody(
            number=1, quote="24 boats", start=0, end=8, revision="", article=ArticleRef(id="a", title="")
        )
        said = SentenceBody(text="24 boats", citations=(1,), verdict="quoted")
        return ShownAnswer(
            question=question, status="answered", text="", sentences=(said,), citations=(cited,)
        )


def test_a_peers_quotes_are_held_against_the_articles_like_ours() -> None:
    articles = [Article("b", "B", "Nothing."), Article("a", "A", "23 boats came.")]
    cases = [Case(id="1", kind="k", question="How many boats?", answer=(("23",),), articles=("a",))]
    measured = measure(Parrot(), articles, cases=cases)
    assert measured.summary and measured.scores
    assert measured.scores["exactness"] == {"1": 0.0}
    assert measured.scores["mrr"] == {"1": 0.5}
    assert measured.scores["match"] == {"1": 0.0}
    assert row_cells(measured)[:4] == ["parrot", "0.00", "1.00", "0.50"]
    assert measured.articles_per_second is None  # it indexed nothing
