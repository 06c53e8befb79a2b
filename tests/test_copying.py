from __future__ import annotations

import random

import pytest

from eval.copying import EDITS
from index.canonical import tidy
from index.copies.overlap import overlap, shingles_of
from index.copies.words import keys_of

BODY = "\n\n".join(
    f"Paragraph {n} tells what the two ministers of town {n} said about the bridge, the ferry and the road. "
    f"It began in year {1900 + n}, and which of them was near, nobody wrote down for reader {n}."
    for n in range(8)
)


def test_there_are_twelve_kinds_of_edit() -> None:
    assert len(EDITS) == 12


@pytest.mark.parametrize("kind", EDITS)
def test_every_edit_changes_the_text_and_is_known_for_a_copy(kind: str) -> None:
    copy = tidy(EDITS[kind](BODY, random.Random(1)))

    # what nobody sees is gone when a text is canonical
    assert (copy == BODY) == (kind == "invisible marks")
    assert overlap(shingles_of(keys_of(BODY)), shingles_of(keys_of(copy))).copied
