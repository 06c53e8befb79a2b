"""Pairs of reports as reading questions: of one thing the other's value answers, of two things nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.language.lexicon import load_lexicon
from bot.language.vocabulary import Vocabulary, load_vocabulary
from eval.training.clozes import PAIRS, main, read_pairs, rows_of
from eval.training.examples import read_examples
from eval.training.written import kept_apart

LINES = (
    "# relation|kind|day|sentence|day|sentence",
    "differ|figure|2020-01-02|The dam will cost [310 million crowns].|2020-01-02|It will be [360 million].",
    "scope|actor|2020-01-02|The dam was planned by [Ada Moe].|2020-01-03|[A firm] builds the dam.",
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(load_lexicon())


def test_a_value_is_asked_of_the_other_sentence_which_answers_only_of_one_thing(
    vocabulary: Vocabulary,
) -> None:
    rows = list(rows_of(list(read_pairs(LINES)), vocabulary))
    assert [(row["question"], row["answers"]) for row in rows] == [
        ("The dam will cost how many crowns?", ["360 million"]),
        ("It will be how many?", ["310 million crowns"]),
        ("The dam was planned by who?", []),
        ("who builds the dam?", []),
    ]


def test_what_is_printed_is_read_as_rows_none_of_which_is_kept_apart(tmp_path: Path) -> None:
    printed = CliRunner().invoke(main, ["--times", "2"], catch_exceptions=False)
    file = tmp_path / "rows.jsonl"
    file.write_text(printed.output, encoding="utf-8")
    examples = read_examples(file)
    pairs = [line for line in PAIRS.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert len(examples) == 4 * len(pairs)
    assert not any(kept_apart(one.article) for one in examples)
    assert json.loads(printed.output.splitlines()[0])["source"] == "cloze"
