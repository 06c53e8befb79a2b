"""What `eval.speed.scale` makes of its clocks."""

from __future__ import annotations

import pytest

from eval.speed.scale_figures import (
    AskingTimes,
    Beside,
    Indexed,
    Moment,
    Scale,
    Speed,
    Times,
    table,
    tenths,
    times,
)


def test_each_tenth_has_its_own_speed_by_both_clocks() -> None:
    slow = [Moment(10 * n, seconds=float(n), cpu=2.0 * n) for n in range(51)]
    fast = [Moment(500 + 10 * n, seconds=50 + n / 2, cpu=100.0 + n) for n in range(1, 51)]
    found = tenths([*slow, *fast])
    assert [one.passages for one in found] == [100] * 10
    assert [one.wall for one in found] == pytest.approx([10.0] * 5 + [20.0] * 5)
    assert [one.cpu for one in found] == pytest.approx([5.0] * 5 + [10.0] * 5)


def test_all_passages_are_in_one_part_however_few_batches_there_were() -> None:
    batches = [Moment(0, 0.0, 0.0), *[Moment(64, 1.0, 1.0)] * 7, Moment(70, 2.0, 2.0)]
    assert sum(one.passages for one in tenths(batches)) == 70
    assert tenths([]) == tenths(batches[:1]) == []


def test_times_are_nearest_ranks_in_milliseconds() -> None:
    assert times([n / 1000 for n in range(100)]) == Times(50.0, 95.0)
    assert times([0.007]) == Times(7.0, 7.0)
    assert times([]) == Times(0.0, 0.0)


def test_the_table_says_what_was_measured_and_what_was_not() -> None:
    asked = [
        AskingTimes(articles, 9 * articles, reader, Times(p50, 2 * p50), Times(p50 / 2, p50))
        for articles, reader, p50 in ((2_000, False, 40.0), (20_000, False, 60.0), (2_000, True, 90.0))
    ]
    speeds = [Speed(18_000, 100.0, 70.0), Speed(18_000, 95.0, 67.0)]
    scale = Scale(20_000, 180_000, 6_000.0, Indexed(1_300.0, 2_500.0, speeds, 300.0, 700.0), asked=asked)
    lines = table(scale).splitlines()
    assert "180,000 passages, 6,000 bytes a passage on disk" in lines[0]
    assert any(line.startswith("last tenth : first") and "0.95 by wall" in line for line in lines)
    assert any(line.startswith("growth (wanted < 2)") and "×1.50" in line for line in lines)
    assert any(line.startswith("growth, with the reader") and "only one size" in line for line in lines)
    assert lines[-1].endswith("not tried")
    assert not any(line.startswith("on top of all") for line in lines)


def test_the_speed_on_top_of_all_is_a_part_of_that_in_an_empty_archive() -> None:
    beside = Beside(empty=(9.0, 18.0), whole=(10.0, 24.0))
    assert (beside.wall, beside.cpu) == pytest.approx((0.9, 0.75))
    assert "0.90 by wall,   0.75 by CPU" in table(Scale(1, 9, 1.0, beside=beside))
