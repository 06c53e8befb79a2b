from __future__ import annotations

import random

import pytest

from eval.run import seeds_folder
from eval.studies.edited_copies import EDITS
from index.articles.draft import Found
from index.articles.read import read_paths
from index.canonical import tidy
from index.copies.overlap import overlap, shingles_of
from index.copies.words import keys_of


def test_there_are_twelve_kinds_of_edit() -> None:
    assert len(EDITS) == 12


@pytest.mark.parametrize("kind", EDITS)
def test_every_edit_changes_the_text_and_is_known_for_a_copy(kind: str) -> None:
    (found,) = read_paths([seeds_folder() / "minsk-group.md"])
    assert isinstance(found, Found)
    body = found.article.body
    copy = tidy(EDITS[kind](body, random.Random(1)))

    # what nobody sees is gone when a text is canonical
    assert (copy == body) == (kind == "invisible marks")
    assert overlap(shingles_of(keys_of(body)), shingles_of(keys_of(copy))).copied
