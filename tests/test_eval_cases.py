import gzip
import json
from pathlib import Path

import pytest

from eval.cases import BadCase, load_set

CASE = {"id": "1", "kind": "fact", "question": "Who?", "answer": [["Anna"]]}


def write(folder: Path, *lines: str) -> Path:
    (folder / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_set_is_its_cases_and_its_articles(tmp_path: Path) -> None:
    write(tmp_path, json.dumps(CASE), "", json.dumps({**CASE, "id": "2", "answer": None}))
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt") as file:
        file.write("{}")
    loaded = load_set(tmp_path)
    assert [case.answer for case in loaded.cases] == [(("Anna",),), None]
    assert loaded.articles == tmp_path / "articles.jsonl.gz"


def test_the_fingerprint_changes_with_the_cases_and_with_the_articles(tmp_path: Path) -> None:
    first = load_set(write(tmp_path, json.dumps(CASE))).fingerprint
    (tmp_path / "articles.jsonl").write_text("{}")
    second = load_set(tmp_path).fingerprint
    third = load_set(write(tmp_path, json.dumps({**CASE, "question": "What?"}))).fingerprint
    assert len({first, second, third}) == 3


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ((json.dumps(CASE), "{oops"), r"cases\.jsonl line 2: .* expected one JSON record"),
        ((json.dumps({**CASE, "anwser": 1}),), r"cases\.jsonl line 1: 'anwser' is 1"),
        ((json.dumps({"id": "1", "kind": "fact"}),), r"line 1: 'question' is"),
        ((json.dumps(CASE), json.dumps(CASE)), r"two cases have the id '1'"),
    ],
)
def test_a_bad_set_is_refused_with_its_line_and_fault(
    tmp_path: Path, lines: tuple[str, ...], fault: str
) -> None:
    with pytest.raises(BadCase, match=fault):
        load_set(write(tmp_path, *lines))


def test_a_folder_without_cases_is_no_set(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match=r"no cases\.jsonl"):
        load_set(tmp_path)
