"""Every metric against numbers worked by hand; the ranking metrics also against trec_eval itself."""

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.abstention import Decision, abstention_precision, abstention_recall
from eval.metrics.answer_match import answer_match, answer_share, holds, normalise
from eval.metrics.citations import citation_precision, citation_recall
from eval.metrics.hit_rate import hit_rate
from eval.metrics.ndcg import ndcg
from eval.metrics.outcomes import outcome
from eval.metrics.percentile import percentile
from eval.metrics.recall import recall
from eval.metrics.reciprocal_rank import reciprocal_rank
from eval.metrics.risk_coverage import Point, area_under_risk_coverage, risk_coverage
from eval.metrics.token_f1 import token_f1

RANKED = ["a", "b", "c", "d"]


@pytest.mark.parametrize(("k", "expected"), [(1, 0.0), (2, 0.0), (3, 1.0), (9, 1.0)])
def test_a_hit_is_a_right_article_among_the_first_k(k: int, expected: float) -> None:
    assert hit_rate(RANKED, {"c", "x"}, k=k) == expected


@pytest.mark.parametrize(
    ("relevant", "expected"), [({"a"}, 1.0), ({"c", "d"}, 1 / 3), ({"x"}, 0.0), (set(), None)]
)
def test_the_reciprocal_rank_is_that_of_the_first_right_article(
    relevant: set[str], expected: float | None
) -> None:
    assert reciprocal_rank(RANKED, relevant) == expected


def test_ndcg_divides_by_the_best_possible_order() -> None:
    # right at ranks 2 and 4: 1/log2(3) + 1/log2(5) = 0.6309 + 0.4307; best: 1 + 0.6309
    assert ndcg(RANKED, {"b", "d"}, k=4) == pytest.approx((0.6309 + 0.4307) / 1.6309, abs=1e-4)
    assert ndcg(RANKED, {"b", "d"}, k=2) == pytest.approx(0.6309 / 1.6309, abs=1e-4)


def test_recall_counts_every_article_that_is_needed() -> None:
    assert recall(RANKED, {"a", "d", "x", "y"}, k=4) == 0.5
    assert recall(RANKED, {"a", "d", "x", "y"}, k=1) == 0.25


@given(
    st.permutations([f"d{n}" for n in range(12)]),
    st.sets(st.sampled_from([f"d{n}" for n in range(15)]), min_size=1),
    st.integers(0, 12),
)
def test_the_ranking_metrics_agree_with_trec_eval(order: list[str], relevant: set[str], length: int) -> None:
    ranked = order[:length]
    run = {"q": {found: float(len(ranked) - rank) for rank, found in enumerate(ranked)}}
    qrel = {"q": dict.fromkeys(relevant, 1)}
    measures = {"recip_rank", "ndcg_cut.5", "recall.5", "success.5"}
    oracle = pytrec_eval.RelevanceEvaluator(qrel, measures).evaluate(run)
    expected = (
        oracle["q"] if ranked else dict.fromkeys(("recip_rank", "ndcg_cut_5", "recall_5", "success_5"), 0.0)
    )
    assert reciprocal_rank(ranked, relevant) == pytest.approx(expected["recip_rank"])
    assert ndcg(ranked, relevant, k=5) == pytest.approx(expected["ndcg_cut_5"])
    assert recall(ranked, relevant, k=5) == pytest.approx(expected["recall_5"])
    assert hit_rate(ranked, relevant, k=5) == pytest.approx(expected["success_5"])


@pytest.mark.parametrize(
    ("text", "groups", "expected"),
    [
        ("The truce began on Oct. 10, at noon.", [["October 10", "Oct 10"]], 1.0),
        ("Russia and France spoke.", [["Russia"], ["France"], ["the U.S.", "United States"]], 0.0),
        ("Hundreds were killed.", [["hundred"]], 0.0),  # a part of a longer word is no match
        ("It cost $1,500.", [["1500"]], 1.0),
        ("It grew 2.5 percent.", [["25"]], 0.0),
        ("It grew by 2.5.", [["2.5"]], 1.0),
        ("anything", [], 1.0),
    ],
)
def test_an_answer_matches_when_every_group_has_an_alternative_in_it(
    text: str, groups: list[list[str]], expected: float
) -> None:
    assert answer_match(text, groups) == expected


def test_the_share_counts_each_group_that_is_held() -> None:
    assert answer_share("Russia, France.", [["Russia"], ["France"], ["the U.S.", "America"]]) == 2 / 3
    assert answer_share("anything", []) is None


def test_normalising_drops_case_punctuation_and_articles_in_any_script() -> None:
    assert normalise("The “Minsk Group’s” co-chairs — ЛАВРОВ!") == "minsk groups co chairs лавров"
    assert holds("an apple a day", "The apple")


@pytest.mark.parametrize(
    ("predicted", "alternatives", "expected"),
    [
        ("the Moscow statement", ["Moscow statement of 10 October"], 2 * 1.0 * 0.4 / 1.4),  # 2 of 2, 2 of 5
        ("Lavrov", ["Aliyev", "Sergey Lavrov"], 2 * 1.0 * 0.5 / 1.5),
        ("Lavrov", ["Aliyev"], 0.0),
        ("no no", ["no"], 2 * 0.5 * 1.0 / 1.5),  # a word counts as often as it occurs
        ("anything", [], 0.0),
    ],
)
def test_token_f1_is_the_harmonic_mean_of_shared_words(
    predicted: str, alternatives: list[str], expected: float
) -> None:
    assert token_f1(predicted, alternatives) == pytest.approx(expected)


def words_supported(sentence: str, quotes: "list[str]") -> bool:
    return set(sentence.split()) <= {word for quote in quotes for word in quote.split()}


def test_citation_recall_and_precision_follow_alce() -> None:
    sentences = [
        ("a b", ("a", "b", "z")),  # together they support it; z is not needed: precision 2/3 here
        ("c", ("c", "c x")),  # either supports it alone: both relevant
        ("d", ("e",)),  # not supported: its citation is wrong too
        ("f", ()),  # not cited at all
    ]
    assert citation_recall(sentences, words_supported) == 2 / 4
    assert citation_precision(sentences, words_supported) == pytest.approx(4 / 6)
    assert citation_recall([], words_supported) is None


def test_the_risk_coverage_curve_counts_errors_from_the_surest_on() -> None:
    curve = risk_coverage([0.2, 0.9, 0.5, 0.7], [False, True, True, False])
    assert curve == [Point(0.25, 0.0), Point(0.5, 0.5), Point(0.75, pytest.approx(1 / 3)), Point(1.0, 0.5)]
    assert area_under_risk_coverage(curve) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert area_under_risk_coverage([]) is None


def test_abstention_precision_and_recall_count_right_abstentions() -> None:
    decisions = [Decision(True, True), Decision(True, False), Decision(False, True), Decision(True, True)]
    assert abstention_precision(decisions) == pytest.approx(2 / 3)
    assert abstention_recall(decisions) == pytest.approx(2 / 3)
    assert abstention_precision([Decision(False, True)]) is None


@pytest.mark.parametrize(("p", "expected"), [(50, 2), (51, 3), (95, 4), (100, 4), (1, 1)])
def test_a_percentile_is_a_value_that_somebody_waited_for(p: float, expected: float) -> None:
    assert percentile([4, 1, 3, 2], p) == expected
    assert percentile([], p) is None


@pytest.mark.parametrize(
    ("reason", "nearest", "came"),
    [
        (None, [], "answered"),
        ("unsure", ["It was Ada Brand.", "It rained."], "unsure_first"),
        ("unsure", ["It rained.", "It was Ada Brand."], "unsure_other"),
        ("unsure", [], "unsure_other"),
        ("not_stated", ["It was Ada Brand."], "withheld"),
    ],
)
def test_what_can_be_answered_has_one_outcome(reason: str | None, nearest: list[str], came: str) -> None:
    assert outcome(reason, nearest, (("Ada Brand", "A. Brand"),)) == came
