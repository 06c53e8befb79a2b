"""`dateline eval` as a person meets it: a set in a folder, a table, a page, an exit code."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands.eval import eval_command
from eval.cases import BUILT_IN, load_set
from eval.gate import load_baseline, load_thresholds
from index.errors import ArchiveError, BadInput

ARTICLES = [
    {
        "id": f"bridge-{town}",
        "title": f"Bridge opens in {town}",
        "outlet": "Harbour Gazette",
        "published": "2020-10-05",
        "text": f"The bridge in {town} was opened by Mayor {mayor} on Monday. It cost {cost} million crowns.",
    }
    for town, mayor, cost in (("Ostmark", "Ada Brand", 14), ("Velden", "Ben Cole", 23))
]
CASES: list[dict[str, object]] = [
    {
        "id": "cost",
        "kind": "how-many",
        "question": "How many million crowns did the bridge in Velden cost?",
        "answer": [["23 million"]],
        "articles": ["bridge-Velden"],
    },
    {"id": "zelda", "kind": "absent", "question": "What did Zelda Quist say of the bridge?", "answer": None},
]
Evaluate = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bridges"
    folder.mkdir()
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, CASES)))
    with gzip.open(folder / "articles.jsonl.gz", "wt") as file:
        file.write("\n".join(map(json.dumps, ARTICLES)))
    return folder


@pytest.fixture
def evaluate(empty_home: Path, capsys: pytest.CaptureFixture[str]) -> Evaluate:
    """Runs `dateline eval`; gives exit code and standard output."""

    def call(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = eval_command.main(list(arguments), obj={"home": empty_home}, standalone_mode=False)
        return code, capsys.readouterr().out

    return call


def test_a_set_is_asked_and_its_table_and_page_are_made(
    evaluate: Evaluate, folder: Path, empty_home: Path, tmp_path: Path
) -> None:
    code, out = evaluate(str(folder), "--report", str(tmp_path / "out.html"))
    assert code == 0
    assert "bridges" in out and "quotes exact" in out and "how-many" in out
    assert "How many million crowns" in (tmp_path / "out.html").read_text()
    (kept,) = (empty_home / "eval" / "runs").glob("*-bridges-*.json")
    assert len(json.loads(kept.read_text())["asked"]) == 2


def test_a_second_run_is_compared_with_the_first(evaluate: Evaluate, folder: Path) -> None:
    evaluate(str(folder))
    code, out = evaluate(str(folder), "--compare", "latest", "--json")
    run = json.loads(out)
    assert code == 0
    assert run["compared"]["with"].endswith(tuple("0123456789abcdef"))
    assert {change["low"] for change in run["compared"]["changes"]} == {0.0}
    assert run["flipped"] == []


def test_cases_without_articles_are_asked_of_the_archive_at_hand(
    seeds_home: Path, empty_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cases.jsonl").write_text(json.dumps({**CASES[1], "question": "Who is Zelda Quist?"}))
    with pytest.raises(ArchiveError, match=str(empty_home)):
        eval_command.main([str(tmp_path)], obj={"home": empty_home}, standalone_mode=False)
    capsys.readouterr()
    eval_command.main([str(tmp_path), "--json"], obj={"home": seeds_home}, standalone_mode=False)
    run = json.loads(capsys.readouterr().out)
    assert run["archive"]["articles"] == "18"
    assert run["summary"]["abstained"] == 1.0


def test_only_the_kinds_named_are_asked(evaluate: Evaluate, folder: Path) -> None:
    _, out = evaluate(str(folder), "--kind", "absent", "--json")
    assert [one["case"] for one in json.loads(out)["asked"]] == ["zelda"]


def test_a_shut_gate_exits_with_1_and_says_why(evaluate: Evaluate, folder: Path) -> None:
    hopeless = [{**CASES[0], "answer": [["ninety"]]}]
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, hopeless)))
    code, out = evaluate(str(folder), "--gate", "--json")
    assert code == 1
    assert any(fault.startswith("right is 0, expected at least") for fault in json.loads(out)["gate"])


def test_claims_are_judged_by_code(evaluate: Evaluate, tmp_path: Path) -> None:
    claim = {"set": "news", "source": "Rain fell in Oslo on Monday.", "claim": "Rain fell in Bergen."}
    true = {**claim, "id": "2", "claim": "Rain fell in Oslo.", "supported": True}
    rows = [{**claim, "id": "1", "supported": False}, true]
    with gzip.open(tmp_path / "claims.jsonl.gz", "wt") as file:
        file.write("\n".join(map(json.dumps, rows)))
    code, out = evaluate(str(tmp_path), "--json")
    assert code == 0
    counts = {"supported": 1, "supported_shown": 1, "unsupported": 1, "unsupported_shown": 0}
    assert json.loads(out)[-1] == {"set": "all", **counts}
    rows_told = [line.split("│")[1:-1] for line in evaluate(str(tmp_path))[1].splitlines() if "all" in line]
    assert [[cell.strip() for cell in row] for row in rows_told] == [["all", "1", "1", "1", "0"]]


def test_a_run_that_is_not_there_is_refused_before_anything_is_asked(
    evaluate: Evaluate, folder: Path
) -> None:
    with pytest.raises(BadInput, match="run 'nope': expected a file or one run"):
        evaluate(str(folder), "--compare", "nope")


def test_the_gate_and_the_baseline_are_those_of_the_built_in_cases() -> None:
    thresholds, baseline = load_thresholds(), load_baseline()
    assert thresholds.at_least["exactness"] == 1.0
    assert baseline is not None
    assert set(baseline.scores["right"]) == {case.id for case in load_set(BUILT_IN).cases}
