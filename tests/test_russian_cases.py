"""The Russian questions over Russian articles are answered by the articles' own words, and only by them."""

from eval.cases import BUILT_IN, load_set
from index.articles.read import read_paths
from index.errors import Refusal
from index.records import Article

FOLDER = BUILT_IN / "studies" / "russian"
SET = load_set(FOLDER)


def articles() -> dict[str, Article]:
    found = [one for one in read_paths([FOLDER / "articles.jsonl"]) if not isinstance(one, Refusal)]
    return {one.article.id: one.article for one in found}


def test_every_expected_answer_stands_in_an_article_that_is_named_for_it() -> None:
    shelf = articles()
    assert len(SET.cases) == 40
    for case in SET.cases:
        bodies = [shelf[name].body.casefold() for name in case.articles]
        for group in case.answer or ():
            assert any(one.casefold() in body for one in group for body in bodies), case.id


def test_a_quarter_has_no_answer_and_names_no_article() -> None:
    without = [case for case in SET.cases if case.to_abstain]
    assert len(without) >= len(SET.cases) // 4
    assert not any(case.articles for case in without)
    assert all(case.language == "ru" for case in SET.cases)
    assert all(one.language == "ru" for one in articles().values())
