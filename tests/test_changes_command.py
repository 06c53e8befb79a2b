from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from archive_fakes import HashedWords, invented, put

from bot.cli import run
from index.records import revision_of
from index.storage.archive import Archive
from index.storage.records import Cited

BEFORE = "The ministry counts 729 dead. It names them one by one. Nobody else counts."
NOTE = "Correction: An earlier version of this article gave the number as 729."
AFTER = f"The ministry counts 792 dead. It names them one by one.\n\n{NOTE}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    article = replace(invented(1), body=BEFORE)
    with Archive.open(tmp_path, HashedWords(), write=True) as archive:
        put(archive, article)
        cited = [Cited("a1", article.revision, 0, 29), Cited("a1", article.revision, 56, 75)]
        archive.log("How many died?", status="answered", cited=cited)
    return tmp_path


def change(home: Path) -> None:
    with Archive.open(home, HashedWords(), write=True) as archive:
        put(archive, replace(invented(1), body=AFTER))


def test_nothing_changed_is_said_and_exits_with_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--home", str(home), "changes"]) == 1
    assert capsys.readouterr().out == "Nothing that was cited has changed.\n"


def test_changed_words_are_shown_with_those_in_their_place_and_the_correction(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(home)
    assert run(["--home", str(home), "changes"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"was “The ministry counts 729 dead.” (revision {revision_of(BEFORE)[:12]})" in told
    assert "now “The ministry counts 792 dead.”" in told
    assert f"note “{NOTE}”" in told
    assert "was “Nobody else counts.”" in told
    assert "not in it any more" in told


def test_the_json_has_every_quotation_with_its_place(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(home)
    assert run(["--home", str(home), "changes", "--json"]) == 0
    number, gone = json.loads(capsys.readouterr().out)["changes"]
    bodies = {revision_of(body): body for body in (BEFORE, AFTER)}
    for one in (number["was"], number["now"], *number["corrections"], gone["was"]):
        assert bodies[one["revision"]][one["start"] : one["end"]] == one["quote"]
    assert (number["now"]["quote"], gone["now"]) == ("The ministry counts 792 dead.", None)
    assert [one["quote"] for one in number["corrections"]] == [NOTE]


def test_a_citation_is_shown_once_however_often_it_answered(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Archive.open(home, HashedWords(), write=True) as archive:
        cited = [Cited("a1", revision_of(BEFORE), 0, 29)]
        for question in ("How many dead?", "What does the ministry count?", "How many have died by now?"):
            archive.log(question, status="answered", cited=cited)
    change(home)
    assert run(["--home", str(home), "changes"]) == 0
    told = capsys.readouterr().out
    assert told.count("was ") == 2
    assert "How many have died by now?" in told
    assert "and 1 more\n" in "\n".join(line.rstrip() + "\n" for line in told.splitlines())
