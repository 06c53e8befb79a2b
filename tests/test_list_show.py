"""Leafing through an archive: what is listed, what is shown of an article, and which outlet may be meant."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import run
from bot.showing.revisions import DiffLine, compared
from index.encoding.encoder import Encoder
from index.errors import BadFilter
from index.records import Article, Filters
from index.retrieval.outlet_names import check_outlets, near_outlets
from index.split import split
from index.storage.archive import Archive

FIRST = "The ferry was late on Monday.\n\nFog lay over the quay.\n\nNobody was hurt."
LATER = FIRST.replace("late on Monday", "late on Tuesday").replace("\n\nNobody was hurt.", "")
ARTICLES = (
    Article("ferry", "Ferry late", FIRST, outlet="BBC News", author="Ann Dowell",
            published="2024-03-07", language="en-GB"),
    Article("bridge", "Bridge opens", "The bridge opens on Friday.", outlet="The Herald", agency="Reuters",
            published="2024-03-09", language="en"),
    Article("letter", "A letter", "The reader thanks the fire brigade.", author="Боб Роу"),
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An archive of three articles, one of them edited once."""
    folder = tmp_path_factory.mktemp("leafed")
    with Archive.open(folder, encoder, write=True) as archive:
        for article in (*ARTICLES, replace(ARTICLES[0], body=LATER)):
            passages = [*split(article, encoder)]
            archive.add(article, passages, encoder.encode([passage.text for passage in passages]))
    return folder


def called(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["--home", str(home), *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["bridge", "ferry", "letter"]),
        (["--sort", "oldest"], ["ferry", "bridge", "letter"]),
        (["--sort", "title"], ["letter", "bridge", "ferry"]),
        (["--sort", "added"], ["letter", "bridge", "ferry"]),
        (["--outlet", "bbc news"], ["ferry"]),
        (["--since", "2024-03-08"], ["bridge"]),
        (["--language", "EN"], ["bridge", "ferry"]),
        (["--author", "роу"], ["letter"]),
        (["--agency", "reut"], ["bridge"]),
        (["--undated"], ["letter"]),
        (["--limit", "2", "--page", "2"], ["letter"]),
    ],
    ids=" ".join,
)
def test_a_list_is_filtered_ordered_and_paged(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], ids: list[str]
) -> None:
    code, out, _ = called(home, capsys, "list", *arguments, "--json")
    assert code == 0
    assert [one["id"] for one in json.loads(out)["articles"]] == ids


def test_what_is_counted_is_what_its_filter_lets_pass(home: Path) -> None:
    with Archive.open(home) as archive:
        assert archive.counted().outlets == ((None, 1), ("BBC News", 1), ("The Herald", 1))
        assert (archive.counted().months, archive.counted().unplaced) == ((("2024-03", 2),), 1)
        march = Filters(("bbc news",), since="2024-03", until="2024-03")
        assert archive.newest(offset=0, limit=9, filters=march)[1] == archive.counted(march).months[0][1] == 1
        assert archive.counted(Filters(since="2024-03-08")).outlets == (("The Herald", 1),)


def test_a_list_for_people_says_which_part_it_is(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "The Herald, printing Reuters, 9 Mar 2024 · Bridge opens · bridge\n"
    told = "dateline: 1 to 1 of 3; --page 2 goes on\n"
    assert called(home, capsys, "list", "--limit", "1") == (0, line, told)
    assert called(home, capsys, "list", "--author", "nobody")[::2] == (
        1,
        "dateline: no article in the archive is so\n",
    )


def test_an_outlet_that_is_not_there_names_those_that_may_be_meant(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "dateline: the archive has no articles from 'BBC'; did you mean 'BBC News'?\n"
    assert called(home, capsys, "list", "--outlet", "BBC") == (3, "", told)
    assert called(home, capsys, "search", "ferry", "--outlet", "BBC") == (3, "", told)
    code, out, _ = called(home, capsys, "ask", "Was the ferry late?", "--outlet", "BBC")
    assert code == 1
    assert "The archive has no articles from BBC. Did you mean 'BBC News'?" in out


def test_an_article_is_shown_with_its_revisions_and_what_changed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = called(home, capsys, "show", "ferry")
    assert code == 0
    assert out.startswith("Ferry late\nid         ferry\noutlet     BBC News\n")
    assert out.endswith(f"\n\n{LATER}\n")
    earlier = replace(ARTICLES[0], body=FIRST).revision
    assert called(home, capsys, "show", "ferry", "--revision", earlier[:6])[1].endswith(f"\n\n{FIRST}\n")
    _, diff, _ = called(home, capsys, "show", "ferry", "--diff")
    assert diff.endswith(
        "\n- The ferry was late on Monday.\n+ The ferry was late on Tuesday.\n  Fog lay over the quay.\n"
        "- Nobody was hurt.\n"
    )
    told = json.loads(called(home, capsys, "show", "ferry", "--diff", "--json")[1])
    assert told["changes"][0] == {"sign": "-", "text": "The ferry was late on Monday.", "runs": [[22, 28]]}
    assert [one["superseded_at"] is None for one in told["revisions"]] == [True, False]


def test_what_is_not_there_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(home, capsys, "show", "nothing")[0] == 4
    code, _, err = called(home, capsys, "show", "ferry", "--revision", "xyz")
    assert code == 4
    assert "no revision of 'ferry' begin with 'xyz'; it has " in err
    assert "nothing was changed" in called(home, capsys, "show", "bridge", "--diff")[2]


def test_a_comparison_leaves_out_what_stayed() -> None:
    before = "\n".join(f"Line {number}." for number in range(20))
    after = before.replace("Line 3.", "Row 3.").replace("\nLine 15.", "")
    assert compared(before, after) == [
        DiffLine(" ", "Line 2."), DiffLine("-", "Line 3.", ((0, 4),)), DiffLine("+", "Row 3.", ((0, 3),)),
        DiffLine(" ", "Line 4."), DiffLine(" ", "…"), DiffLine(" ", "Line 14."), DiffLine("-", "Line 15."),
        DiffLine(" ", "Line 16."),
    ]  # fmt: skip
    assert compared(before, before) == []


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("BBC", ("BBC News",)),
        ("guardian", ("The Guardian",)),
        ("AP", ("AP NEWS",)),
        ("nyt", ("New York Times",)),
        ("the harbor gazete", ("Harbour Gazette",)),
        ("Northern Desk", ()),
        ("", ()),
    ],
)
def test_outlets_are_known_by_near_spelling(asked: str, near: tuple[str, ...]) -> None:
    known = ["The Guardian", "BBC News", "AP NEWS", "New York Times", "Harbour Gazette", "Southern Desk"]
    assert near_outlets(asked, known) == near


def test_only_outlets_that_are_not_there_are_refused() -> None:
    known: list[tuple[str | None, int]] = [("BBC News", 3), (None, 2)]
    check_outlets(Filters(outlet=("bbc  NEWS",)), lambda: known)
    check_outlets(Filters(outlet=("Herald",)), lambda: [])
    with pytest.raises(BadFilter, match="from 'Herald'; `dateline status` lists"):
        check_outlets(Filters(outlet=("BBC News", "Herald")), lambda: known)
