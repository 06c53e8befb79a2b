from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.stems import Stems, stems_of, unpacked

TEXT = "The flood came. Floods come; “Flooded” Ostrana’s flooding, 19 dead — Café, CAFE."


def test_forms_of_a_word_count_together_whatever_their_case_and_accents() -> None:
    found = stems_of(TEXT).counts_of(["flood", "ostrana", "cafe", "19", "rain"])

    assert found == {"flood": 4, "ostrana": 1, "cafe": 2, "19": 1}


def test_a_word_within_another_is_none() -> None:
    assert stems_of("bloodflood flood_gate").counts_of(["flood", "gate"]) == {"flood": 1}


def test_counts_end_at_255() -> None:
    assert stems_of("rain " * 300).counts_of(["rain"]) == {"rain": 255}


def test_nothing_stands_in_an_empty_text() -> None:
    assert stems_of(" … ").counts_of(["rain"]) == {}


@given(st.text(max_size=300))
def test_stems_come_back_as_they_were_packed(text: str) -> None:
    stems = stems_of(text)
    again = unpacked(stems.packed())

    assert isinstance(again, Stems)
    assert np.array_equal(again.hashes, stems.hashes)
    assert np.array_equal(again.counts, stems.counts)
    assert len(stems.packed()) == 5 * len(stems.hashes)
