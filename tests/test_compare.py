import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.compare import Change, Flip, bootstrap_interval, compare, flips

BEFORE = {"match": {"a": 1.0, "b": 0.0, "c": 0.0, "only before": 1.0}, "gone": {"a": 1.0}}
AFTER = {"match": {"a": 1.0, "b": 1.0, "c": 0.0, "only after": 0.0}, "new": {"a": 1.0}}


def test_only_cases_and_metrics_of_both_runs_are_compared() -> None:
    (change,) = compare(BEFORE, AFTER)
    assert (change.metric, change.cases) == ("match", 3)
    assert (change.before, change.after) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert change.difference == pytest.approx(1 / 3)


def test_a_flip_is_a_case_of_both_runs_whose_value_changed() -> None:
    assert flips("match", BEFORE, after=AFTER) == [Flip("match", "b", 0.0, 1.0)]


@pytest.mark.parametrize(
    ("low", "high", "beyond"), [(0.01, 0.2, True), (-0.2, -0.01, True), (-0.1, 0.1, False), (0.0, 0.2, False)]
)
def test_a_change_is_beyond_noise_when_its_interval_leaves_out_zero(
    low: float, high: float, beyond: bool
) -> None:
    assert Change("m", 0, 0, low, high, 5).beyond_noise is beyond


def test_the_interval_of_a_binomial_share_is_near_its_normal_approximation() -> None:
    # 100 differences, 20 of them 1: mean 0.2, standard error √(0.2·0.8/100) = 0.04, so about 0.12–0.28
    low, high = bootstrap_interval([1.0] * 20 + [0.0] * 80)
    assert low == pytest.approx(0.12, abs=0.015)
    assert high == pytest.approx(0.28, abs=0.015)


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=1, max_size=30))
def test_the_interval_holds_the_mean_and_is_the_same_every_time(differences: list[float]) -> None:
    low, high = bootstrap_interval(differences)
    assert low - 1e-9 <= sum(differences) / len(differences) <= high + 1e-9
    assert (low, high) == bootstrap_interval(differences)
