from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from conftest import ENCODER_CACHE

from eval.cases import Case
from eval.studies.retrieval import figures, has_words, judge, main
from eval.training.fit_retrieval import Example, fit
from index.records import Article, Hit, Passage, Span
from index.retrieval.clues import Weights

CASE = Case(id="1", kind="quiz", question="Who?", answer=(("Ann",),), articles=("right",))


def hit(article: str, text: str, *copies: str) -> Hit:
    whole = Article(article, "Title", text)
    span = Span(0, len(text))
    others = tuple(Article(copy, "Title", text) for copy in copies)
    return Hit(Passage(article, whole.revision, 0, *span, text, (span,)), whole, 1.0, "one", copies=others)


def test_an_article_is_ranked_where_it_first_appears() -> None:
    found = judge(CASE, [hit("a", "x"), hit("a", "y"), hit("right", "Ann"), hit("b", "Ann")], milliseconds=1)

    assert (found.article_first, found.article_in_five, found.article_rank) == (0.0, 1.0, 0.5)
    assert (found.words_first, found.words_in_five) == (0.0, 1.0)


def test_a_copy_of_the_right_article_is_right() -> None:
    assert judge(CASE, [hit("a", "x", "b", "right")], milliseconds=1).article_first == 1.0


@pytest.mark.parametrize(
    ("text", "there"), [("It is Ann’s.", True), ("ANN!", True), ("Anna", False), ("", False)]
)
def test_the_answer_must_be_there_as_whole_words(text: str, there: bool) -> None:
    assert has_words(text, CASE) is there


def test_an_answer_with_a_possessive_of_its_own_is_found() -> None:
    asked = CASE.model_copy(update={"answer": (("McDonald’s",),)})

    assert has_words("A McDonald's opened.", asked)


def test_figures_are_means_over_the_cases() -> None:
    good = judge(CASE, [hit("right", "Ann")], milliseconds=10)
    bad = judge(CASE, [hit("a", "x")], milliseconds=30)
    result = figures([good, bad, bad, good])

    assert (result.article_first, result.article_mrr, result.words_in_five) == (0.5, 0.5, 0.5)
    assert (result.p50_ms, result.p95_ms) == (10, 30)


def test_no_hits_are_all_wrong() -> None:
    found = judge(CASE, [], milliseconds=1)

    assert (found.article_in_five, found.article_rank, found.words_first, found.words_in_five) == (0, 0, 0, 0)


def test_the_script_indexes_once_and_prints_the_figures(tmp_path: Path) -> None:
    articles = [
        {
            "id": "ferry",
            "title": "Ferry sinks",
            "text": "The ferry of Velmora sank on Monday.",
            "outlet": "Post",
        },
        {
            "id": "tram",
            "title": "Tram opens",
            "text": "The tramway of Kirdal opened in June.",
            "outlet": "Post",
        },
    ]
    asked = [
        ("When did the ferry sink?", "Monday", "ferry"),
        ("When did the tramway open?", "May", "tram"),
    ]
    cases = [
        {"id": article, "kind": "quiz", "question": question, "answer": [[answer]], "articles": [article]}
        for question, answer, article in asked
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "encoders").symlink_to(ENCODER_CACHE)

    first, second = (
        CliRunner().invoke(main, [str(tmp_path), "--json", "--cache", str(cache)]) for _ in range(2)
    )

    assert first.exit_code == second.exit_code == 0, first.output
    result = json.loads(second.stdout)
    assert (result["cases"], result["article_first"], result["words_in_five"]) == (2, 1.0, 0.5)
    assert len([home for home in cache.iterdir() if (home / "archive.sqlite").is_file()]) == 1


def test_a_folder_without_cases_is_refused_in_a_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(tmp_path)])

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ") and "cases.jsonl" in result.stderr


def test_fitted_weights_find_the_clue_that_tells() -> None:
    rng = np.random.default_rng(1)
    examples = []
    for _ in range(40):
        clues = rng.random((20, 5))
        # Only the third clue (article) tells which is right.
        examples.append(Example(CASE, [], clues, clues[:, 2] == clues[:, 2].max()))
    weights = fit(examples)

    assert weights.article > 10 * max(abs(weights.bm25), abs(weights.dense), abs(weights.window))
    assert isinstance(weights, Weights)
