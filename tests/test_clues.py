from __future__ import annotations

import math

import pytest

from index.records import Article, Passage, Span
from index.retrieval.clues import Clues, Weights, ranking, rarity, weigh
from index.retrieval.query import read_query
from index.storage.records import Match, StoredPassage

QUERY = read_query("When did Ostrana flood?")
RARITY = rarity(QUERY, {"ostrana": 1, "flood": 1}, total=10)
NOTHING = ranking([], depth=5)


def stored(*sentences: str, title: str = "News", first: int = 0, seq: int = 1) -> StoredPassage:
    """A passage of the sentences from number `first` on, of an article of all sentences."""
    body = " ".join(sentences)
    starts = [body.index(sentence) for sentence in sentences]
    spans = tuple(Span(start, start + len(s)) for start, s in zip(starts, sentences, strict=True))[first:]
    article = Article("a", title, body)
    start, end = spans[0].start, spans[-1].end
    passage = Passage("a", article.revision, first, start, end, body[start:end], spans)
    return StoredPassage(seq, passage, article, "origin")


def clues(one: StoredPassage) -> Clues:
    return weigh(QUERY, [one], rarity=RARITY, words=NOTHING, vectors=NOTHING)[0].clues


def test_the_weight_of_a_word_is_that_of_robertson_and_sparck_jones_and_none_for_unknown_words() -> None:
    # log(1 + (10 - 1 + 0.5) / (1 + 0.5)) = log(7.333)
    weights = rarity(QUERY, {"ostrana": 1, "flood": 0}, total=10).weights

    assert weights == {"ostrana": pytest.approx(math.log(22 / 3)), "flood": 0.0}


def test_common_words_of_a_large_archive_are_not_searched_for_unless_little_is_left() -> None:
    query = read_query("Which year did Ostrana flood?")
    counts = {"year": 4_000, "ostrana": 3, "flood": 90}

    assert rarity(query, counts, total=20_000).rarer(query) == ["ostrana", "flood"]
    assert rarity(query, counts, total=50_000).rarer(query) == ["year", "ostrana", "flood"]
    assert rarity(query, counts | {"flood": 9_000}, total=20_000).rarer(query) == ["year", "ostrana", "flood"]


@pytest.mark.parametrize(
    ("sentences", "window"),
    [
        (("Ostrana flooded.", "It rained."), 1.0),
        (("Ostrana is a town.", "It floods."), 1.0),
        (("Ostrana is a town.", "It rains.", "It floods."), 0.5),
        (("Kirdal is a town.",), 0.0),
    ],
)
def test_the_window_is_two_sentences(sentences: tuple[str, ...], window: float) -> None:
    assert clues(stored(*sentences)).window == pytest.approx(window)


def test_the_window_does_not_reach_out_of_the_passage() -> None:
    assert clues(stored("Ostrana is a town.", "It floods.", first=1)).window == pytest.approx(0.5)


def test_an_article_counts_as_a_whole_and_more_of_a_word_counts_more_but_less_each_time() -> None:
    in_title = clues(stored("It rains.", title="Ostrana"))
    once = clues(stored("It rains.", "Ostrana is a town.", first=0))
    elsewhere = clues(stored("Ostrana is a town.", "It rains.", first=1))
    twice = clues(stored("Ostrana is a town.", "It rains on Ostrana."))

    # One of two equally rare words, once: ½ · 1 / (1 + ½), the body being next to nothing in length.
    assert once.article == elsewhere.article == pytest.approx(1 / 3, abs=0.002)
    assert in_title.article == pytest.approx(1 / 3, abs=0.002)
    assert twice.article == pytest.approx(0.5 * 2 / 2.5, abs=0.002)


def test_a_passage_that_a_full_list_does_not_name_counts_as_its_last_one() -> None:
    full = ranking([Match(7, 9.0), Match(8, 4.0)], depth=2)
    short = ranking([Match(7, 9.0)], depth=2)

    assert [full.score(seq) for seq in (7, 8, 1)] == [9.0, 4.0, 4.0]
    assert [short.score(seq) for seq in (7, 1)] == [9.0, 0.0]
    assert full.ranks == {7: 1, 8: 2}


def test_a_score_is_the_sum_of_the_weighted_clues() -> None:
    weights = Weights(bm25=1, dense=10, article=100, window=1_000, lead=10_000)

    assert weights.score(Clues(bm25=0.5, dense=0.4, article=0.3, window=0.2, lead=1.0)) == pytest.approx(
        10234.5
    )


def test_of_a_large_archive_only_passages_with_a_rare_word_are_scored() -> None:
    query = read_query("Which year did Ostrana flood?")
    rare = rarity(query, {"year": 9_000, "ostrana": 30, "flood": 2_000}, total=200_000)

    assert rare.rarest(query, ["year", "ostrana", "flood"]) == ["ostrana", "flood"]


def test_all_words_are_looked_for_where_the_rare_ones_find_little_or_all_find_no_more_than_is_scored() -> (
    None
):
    query = read_query("Which year did Ostrana flood?")
    words = ["year", "ostrana", "flood"]

    assert (
        rarity(query, {"year": 9_000, "ostrana": 30, "flood": 20}, total=200_000).rarest(query, words) == []
    )
    assert rarity(query, {"year": 900, "ostrana": 30, "flood": 0}, total=20_000).rarest(query, words) == []
