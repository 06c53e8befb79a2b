"""The study of checked quotations: its cases, its table, its figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archive_fakes import HashedWords, put

from bot.checking.checker import QuoteChecker
from eval.studies.quotes import figures, main, read_quote_cases, table
from index.errors import BadInput
from index.records import Article
from index.storage.archive import Archive

BODY = "“The old bridge of Kirdal will be closed before winter comes,” said engineer Ole Varn."
CASES = (
    {
        "id": "1",
        "text": "The old bridge of Kirdal will be closed",
        "speaker": None,
        "verdict": "word_for_word",
    },
    {"id": "2", "text": "The new bridge of Kirdal will be closed before winter", "verdict": "altered"},
    {"id": "3", "text": "The old bridge of Kirdal", "speaker": "Ida Berg", "verdict": "other_speaker"},
    {"id": "4", "text": "The old bridge of Kirdal", "verdict": "absent", "articles": ["bridge"]},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases.jsonl").write_text("\n".join(json.dumps(case) for case in CASES), encoding="utf-8")
    with Archive.open(tmp_path / "home", HashedWords(), write=True) as archive:
        put(archive, Article(id="bridge", title="Bridge", body=BODY, outlet="Tull Courier", language="en"))
    return tmp_path


def test_a_false_word_for_word_is_counted(folder: Path) -> None:
    cases = read_quote_cases(folder)
    with Archive.open(folder / "home") as archive:
        checker = QuoteChecker(archive)
        checked = [checker.check(case.text, speaker=case.speaker) for case in cases]
    told = figures(cases, checked)
    assert (told["cases"], told["right"], told["false word for word"]) == (4, 0.75, 1)
    head, *rows = table(cases, checked)
    assert head.split()[3:] == [
        "word_for_word",
        "speaker_unclear",
        "other_speaker",
        "altered",
        "spliced",
        "absent",
    ]
    assert rows[-1].split() == ["absent", "1", "·", "·", "·", "·", "·"]


def test_it_runs_over_an_archive_that_is_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["quotes", str(folder), "--home", str(folder / "home"), "--misses"])
    main()
    told = capsys.readouterr().out
    assert "4: expected absent: The old bridge of Kirdal" in told
    assert "right 0.75 · false word for word 1" in told


def test_a_case_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text('{"id": "1", "text": "x", "verdict": "maybe"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"cases\.jsonl line 1: verdict"):
        read_quote_cases(tmp_path)
