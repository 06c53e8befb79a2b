"""Questions kept as places give their words back."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.training.questions import WRITTEN, PlacedQuestion, read_questions
from index.errors import BadInput
from index.records import Article

FERRY = Article("ferry", "Ferry", "The ferry sank on Monday. Nobody was hurt.")
ROWS = """\
{"article": "ferry", "question": "When was it?", "kind": "short", "sentence": [0, 25], "answer": [18, 24]}
{"article": "ferry", "question": "Who sank it?", "kind": "near-absent", "near": [0, 25]}
"""


def test_a_question_has_its_sentence_and_answer_and_a_near_miss_what_comes_nearest(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(ROWS, encoding="utf-8")
    answered, missed = read_questions({"ferry": FERRY}, path=tmp_path / "q.jsonl")
    assert (answered["sentence"], answered["answer"]) == ("The ferry sank on Monday.", "Monday")
    assert (missed["answer"], missed["near"]) == (None, "The ferry sank on Monday.")
    with pytest.raises(BadInput, match="line 1: no article 'ferry'"):
        list(read_questions({}, path=tmp_path / "q.jsonl"))


def test_those_that_ship_have_an_answer_or_a_near_place() -> None:
    placed = [PlacedQuestion.model_validate_json(row) for row in WRITTEN.read_text("utf-8").splitlines()]
    assert len(placed) > 4000
    assert all(bool(one.answer) == bool(one.sentence) != bool(one.near) for one in placed)
    assert all(one.near is not None for one in placed if one.kind.startswith("near"))
