"""Drafts kept as places give the replies back that they were made of."""

from __future__ import annotations

from pathlib import Path

from bot.writing.drafts import REFUSAL
from eval.cases import Case
from eval.studies.drafting.places import read_drafts
from index.records import Article

FERRY = Article("ferry", "Ferry", "She sank on Monday, the owner said.\nNobody was hurt.")
ROWS = """\
{"case": "q1", "lines": [{"article": "ferry", "words": [0, 18], "said": ["The ferry", [4, 8], [34, 35]]}]}
{"case": "mine", "question": "Who was hurt?", "answer": [["Nobody"]]}
"""


def test_spans_and_the_models_own_words_are_put_together(tmp_path: Path) -> None:
    (tmp_path / "places.jsonl").write_text(ROWS, encoding="utf-8")
    known = Case(id="q1", kind="fact", question="What sank?", answer=(("ferry",),))
    first, second = read_drafts(tmp_path / "places.jsonl", articles={"ferry": FERRY}, cases=[known])
    assert first == (known, "The ferry sank . [1] «She sank on Monday»")
    assert (second[0].question, second[0].answer, second[1]) == ("Who was hurt?", (("Nobody",),), REFUSAL)
