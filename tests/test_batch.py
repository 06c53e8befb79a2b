"""Many questions into a table: nothing is asked twice, nothing is lost, no cell does anything."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from http_fakes import FakeAsker, FakeLibrary

from bot.batch.asking import answer_rows
from bot.batch.journal import BadJournal, journal
from bot.batch.questions import BadQuestions, BatchQuestion, fingerprint, read_questions
from bot.batch.rows import AnswerRow, failed_row
from bot.batch.tables import TABLES, BadTable, check_table, write_table
from bot.cli import run
from index.records import Filters

CRANES = "Which cranes were lost?"


def rows_of(*questions: str) -> list[AnswerRow]:
    import asyncio

    async def asked() -> list[AnswerRow]:
        batch = [BatchQuestion(number, text) for number, text in enumerate(questions, start=1)]
        return [row async for row in answer_rows(FakeAsker(FakeLibrary()), batch)]

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("q.txt", "Who?\n\n When? \n", ["Who?", "When?"]),
        ("q.csv", "id,Question\n7,Who?\n8,When?\n", ["Who?", "When?"]),
        ("q.csv", "\ufeffquestion\nWho came, and when?\n", ["Who came, and when?"]),
        ("q.csv", "Who came, and when?,a note\n", ["Who came, and when?"]),
        ("q.csv", "Frage;Notiz\nWer kam?;x\n", ["Wer kam?"]),
        ("q.csv", 'question\n"Who\ncame?"\n', ["Who\ncame?"]),
        ("q.tsv", "question\tnote\nWho?\tx\n", ["Who?"]),
        ("q.jsonl", '"Who?"\n{"question": "When?"}\n', ["Who?", "When?"]),
    ],
)
def test_questions_are_read_from_what_people_have(
    tmp_path: Path, name: str, text: str, expected: list[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [one.text for one in read_questions(tmp_path / name)] == expected


def test_a_row_may_have_filters_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question,outlet,since,as of\nWho?,Gazette; Rival,2020-10,2020-11\n")
    record = {"question": "Who?", "outlet": ["Gazette", "Rival"], "since": "2020-10", "as_of": "2020-11"}
    (tmp_path / "q.jsonl").write_text(json.dumps(record))
    for name in ("q.csv", "q.jsonl"):
        (one,) = read_questions(tmp_path / name)
        assert one.filters == Filters(("Gazette", "Rival"), "2020-10", None, "2020-11")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.txt", b"", "no question"),
        ("q.txt", b"Qui \xe9tait?", "UTF-8"),
        ("q.jsonl", b'"Who?"\n{"question": 3}', "line 2"),
        ("q.jsonl", b'{"question": "Who?", "since": 2020}', "since"),
        ("q.jsonl", b"nonsense", "line 1"),
    ],
)
def test_a_file_without_questions_is_an_error_that_says_what_was_expected(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadQuestions, match=said) as error:
        read_questions(tmp_path / name)
    assert "expected" in str(error.value)
    with pytest.raises(BadQuestions, match=r"nowhere\.csv"):
        read_questions(tmp_path / "nowhere.csv")


def test_a_question_that_cannot_be_asked_has_its_reason_in_its_row_and_stops_no_other() -> None:
    rows = {row.number: row for row in rows_of(CRANES, " ", "Who rules Atlantis?")}
    assert [rows[n].status for n in (1, 2, 3)] == ["answered", "error", "not_in_archive"]
    assert "empty" in str(rows[2].error)
    assert rows[1].quotations[0].quote
    assert "Atlantis" in rows[3].answer


# Going on


def test_rows_are_kept_and_a_line_that_a_kill_cut_short_is_dropped(tmp_path: Path) -> None:
    part = tmp_path / "a.csv.part"
    first, second = (failed_row(BatchQuestion(n, f"Q{n}?"), "why") for n in (1, 2))
    with journal(part, of="x") as kept:
        kept.add(first)
        kept.add(second)
    whole = part.read_bytes()
    for cut in range(whole.index(b"\n") + 1, len(whole) + 1):
        part.write_bytes(whole[:cut])
        with journal(part, of="x") as kept:
            assert list(kept.rows) == [1, 2][: whole[:cut].count(b"\n") - 1]
            if 2 not in kept.rows:
                kept.add(second)
        with journal(part, of="x") as kept:
            assert kept.rows[2] == second
        assert part.read_bytes().endswith(b"\n")


def test_other_questions_another_run_and_damage_are_named(tmp_path: Path) -> None:
    part = tmp_path / "a.csv.part"
    with journal(part, of="x"), pytest.raises(BadJournal, match="another run"), journal(part, of="x"):
        pass
    with pytest.raises(BadJournal, match="other questions"), journal(part, of="y"):
        pass
    part.write_bytes(part.read_bytes() + b"{}\n")
    with pytest.raises(BadJournal, match="cannot be read"), journal(part, of="x"):
        pass
    one = [BatchQuestion(1, "Who?")]
    assert fingerprint(one, llm=None) != fingerprint(one, llm=True)


# Tables


def test_every_table_holds_every_row_in_order(tmp_path: Path) -> None:
    rows = rows_of(CRANES, "Who rules Atlantis?")
    for suffix in TABLES:
        write_table(tmp_path / f"a{suffix}", rows[::-1])
    table = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert [row["question"] for row in table] == [CRANES, "Who rules Atlantis?"]
    assert "Harbour Gazette" in table[0]["outlets"].splitlines()
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [line["number"] for line in lines] == [1, 2]
    assert (tmp_path / "a.md").read_text().count("\n") == 4
    assert (tmp_path / "a.html").read_text().count("<tr>") == 3


def test_nothing_foreign_is_a_formula_or_markup_in_any_table(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    rows = [*rows_of("Did the lighthouse burn?"), failed_row(BatchQuestion(2, '=HYPERLINK("x")\x07'), "-1")]
    for suffix in TABLES:
        write_table(tmp_path / f"a{suffix}", rows)
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}
    assert sheet["B3"].value == '\'=HYPERLINK("x")'
    assert "<script" not in (tmp_path / "a.html").read_text()
    assert "javascript:document" not in (tmp_path / "a.html").read_text()
    assert "| \\<" not in (tmp_path / "a.md").read_text().replace("| \\<script", "")


def test_a_table_of_an_unknown_kind_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=r"\.csv, \.xlsx"):
        check_table(tmp_path / "a.pdf")


def test_the_command_goes_on_where_it_was_stopped_and_writes_no_table_twice(
    seeds_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, out = tmp_path / "q.csv", tmp_path / "a.csv"
    questions.write_text("question,until\nHow many peacekeepers is Russia sending?,\nWho?,never\n")
    arguments = ["--home", str(seeds_home), "batch", str(questions), "--out", str(out)]
    asked = read_questions(questions)
    with journal(tmp_path / "a.csv.part", of=fingerprint(asked, llm=None)) as kept:
        kept.add(AnswerRow(number=1, question=asked[0].text, status="answered", answer="kept"))
    assert run([*arguments, "--json"]) == 3  # the second has a date that is none
    told = capsys.readouterr()
    assert json.loads(told.out)["status"] == {"answered": 1, "error": 1}
    assert "going on" in told.err
    first, second = csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))
    assert first["answer"] == "kept"
    assert "'never'" in second["error"]
    assert not (tmp_path / "a.csv.part").exists()
    assert run(arguments) == 3
    assert "--overwrite" in capsys.readouterr().err
