"""`from dateline import …`: what a person's own code meets."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import dateline
from dateline import ArchiveError, BadQuestion, BadRecord, Filters, OpenArchive, add_articles, open_archive

QUESTION = "How many peacekeepers is Russia sending?"
README = Path(__file__).parents[1] / "bot" / "door" / "README.md"


@pytest.fixture(scope="module")
def archive(seeds_home: Path) -> OpenArchive:
    return open_archive(seeds_home)


def test_five_lines_answer_a_question(seeds_home: Path) -> None:
    with open_archive(str(seeds_home)) as archive:
        answer = archive.ask(QUESTION)
    first = answer.citations[0]
    assert answer.status == "answered"
    assert first.article.body[first.start : first.end] == first.quote
    with pytest.raises(ArchiveError, match="was closed"):
        archive.ask(QUESTION)
    archive.close()


def test_async_code_gets_the_same_answer_and_many_at_once(archive: OpenArchive) -> None:
    async def ask() -> list[str]:
        both = asyncio.gather(archive.ask_async(QUESTION), archive.ask_async(QUESTION))
        inside = archive.ask(QUESTION)  # as in a notebook: a loop is running in this very thread
        return [archive.shown(one) for one in (*await both, inside)]

    with ThreadPoolExecutor(2) as pool:
        threads = list(pool.map(archive.ask, [QUESTION, QUESTION]))
    assert len({*asyncio.run(ask()), *map(archive.shown, threads)}) == 1


def test_an_archive_can_be_closed_by_async_code(seeds_home: Path) -> None:
    async def ask() -> int:
        async with open_archive(seeds_home) as archive:
            return len(await archive.search_async("peacekeepers", limit=3))

    assert asyncio.run(ask()) == 3


def test_filters_follow_ups_and_bad_questions_are_as_everywhere(archive: OpenArchive) -> None:
    early = archive.search("peacekeepers", filters=Filters(until="2020-10-20"))
    assert early
    assert all((hit.article.published or "") < "2020-10-21" for hit in early)
    assert "Turkey" in archive.shown(archive.ask("And Turkey?", history=[QUESTION]))
    with pytest.raises(BadQuestion):
        archive.ask("  ")


def test_the_record_of_an_answer_is_verified(archive: OpenArchive) -> None:
    record = archive.record(archive.ask(QUESTION))
    assert archive.verify(record).stands
    assert not archive.verify(record.replace("peacekeepers", "soldiers")).as_written
    with pytest.raises(BadRecord, match="the record: all of it"):
        archive.verify("[]")


def test_a_quotation_is_checked_and_a_subject_told_over_time(archive: OpenArchive) -> None:
    checked = archive.check("Russia is working with Azerbaijan and Armenia")
    assert (checked.verdict, checked.places[0].article.outlet) == ("word_for_word", "Dateline Wire")
    (quote,) = archive.check_text("She said “the moon is made of cheese”.").quotes
    assert quote.checked.verdict == "absent"
    days = [step.day for step in archive.timeline("peacekeepers", limit=5).steps]
    assert days == sorted(days) != []


def test_what_is_added_is_seen_by_an_archive_that_is_open(empty_home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Bridge\noutlet: Herald\n---\nThe bridge was opened in Oslo.")
    (tmp_path / "b.md").write_text("---\nid: ferry\ntitle: Ferry\n---\nThe ferry left Bergen at noon.")
    assert add_articles(tmp_path / "a.md", home=empty_home).added == 1
    with open_archive(empty_home) as archive:
        add_articles(tmp_path / "b.md", home=empty_home)
        assert archive.article("ferry").title == "Ferry"
        assert {hit.article.title for hit in archive.search("ferry from Bergen")} >= {"Ferry"}


def test_an_archive_that_is_not_there_is_an_error_that_says_how_to_make_one(empty_home: Path) -> None:
    with pytest.raises(ArchiveError, match="dateline add"):
        open_archive(empty_home)


def test_the_archive_is_a_llamaindex_retriever_in_one_line(archive: OpenArchive) -> None:
    nodes = archive.retriever(limit=2).retrieve("Minsk Group co-chairs")
    assert [bool(node.text) for node in nodes] == [True, True]


def test_all_that_is_exported_is_there_and_described() -> None:
    assert sorted(dateline.__all__) == list(dateline.__all__)
    assert all(hasattr(dateline, name) for name in dateline.__all__)
    public = {name for name in vars(OpenArchive) if not name.startswith("_")}
    assert public <= set(re.findall(r"archive\.(\w+)\(", README.read_text(encoding="utf-8")))


def test_the_first_example_of_the_document_runs(
    seeds_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(seeds_home))
    example = re.search(r"```python\n(.+?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    exec(compile(example[1], str(README), "exec"), {})
    assert "[1]" in capsys.readouterr().out


@pytest.mark.soak
def test_a_wheel_holds_what_import_dateline_and_the_built_in_cases_need(tmp_path: Path) -> None:
    root = README.parents[2]
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--quiet",
        "--wheel-dir",
        str(tmp_path),
        str(root),
    ]
    subprocess.run(build, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    seeds = {f"eval/seeds/{path.name}" for path in (root / "seeds").glob("*.md")}
    assert seeds | {"dateline/__init__.py", "dateline/py.typed", "eval/cases.jsonl", "eval/gate.toml"} <= held
    assert {name.partition("/")[0] for name in held if ".dist-info" not in name} == {
        "bot", "index", "eval", "prompts", "dateline",
    }  # fmt: skip
