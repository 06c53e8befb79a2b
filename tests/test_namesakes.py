"""Articles that share a title and nothing tells apart: none is lost, and an edit is no other article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from archive_fakes import HashedWords, faults

from index.articles.draft import Draft, Drafted, Found, article_of
from index.articles.identity import ids_by_text
from index.articles.read import read_paths
from index.copies.edited import edited
from index.records import Article
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.ingest import ingest
from index.storage.tally import Report

FERRY = "The ferry is late again, writes a reader from the north quay. She asks for a second boat."
BARN = "A reader thanks the fire brigade for saving his barn in August. He names each of the nine volunteers."
RAIN = "Rain is expected over the harbour on Monday, and the wind will turn north."
SUN = "Sunshine is expected over the harbour on Tuesday, and the wind will turn south."
STORM = (
    "A storm closed the harbour of Westport at 4.30 on Friday. Four cranes were lost, and 12 ships waited,"
    " said mayor Ada Lind. Ferries run again from 7 May, and 30 workers have begun with the repairs."
)


@pytest.fixture
def archive(somewhere: ArchiveHome) -> Iterator[Archive]:
    with Archive.open(somewhere, HashedWords(), write=True) as opened:
        yield opened


def letter(text: str, **fields: str) -> Article:
    return article_of(Drafted(Draft(**{"title": "Letters", "text": text, **fields})))[0]


def add(archive: Archive, *articles: Article) -> Report:
    report = ingest(archive, HashedWords(), [Found(article, f"from {article.id}") for article in articles])
    assert faults(archive.home) == []
    return replace(report, undated=0, unnamed=0)  # letters have neither day nor outlet


def bodies(archive: Archive) -> dict[str, str]:
    return {article.body: article.id for article in archive.articles()}


def test_files_of_one_headline_are_an_article_each_and_again_change_nothing(
    archive: Archive, tmp_path: Path
) -> None:
    files = []
    for texts in ([FERRY], [BARN], [RAIN, SUN]):
        files.append(tmp_path / f"{len(files)}.jsonl")
        files[-1].write_text("\n".join(json.dumps({"title": "Letters", "text": text}) for text in texts))
        report = ingest(archive, HashedWords(), read_paths(files[-1:]))
        assert (report.added, report.refused) == (len(texts), ())
    assert bodies(archive).keys() == {FERRY, BARN, RAIN, SUN}
    again = ingest(archive, HashedWords(), read_paths(files))
    assert again == Report(unchanged=4, undated=4, unnamed=4)


@pytest.mark.parametrize(
    "known",
    [{}, {"outlet": "Gazette"}, {"published": "2020-10-19"}, {"outlet": "Gazette", "published": "2020-10"}],
)
def test_what_looks_like_an_update_with_other_words_is_kept_as_another_article_with_a_note(
    archive: Archive, known: dict[str, str]
) -> None:
    first, second = letter(FERRY, **known), letter(BARN, **known)
    assert add(archive, first) == Report(added=1)
    report = add(archive, second)
    assert (report.added, report.updated) == (1, 0)
    (note,) = report.notes
    assert f"has the title of {first.id} ('Letters') but other words; kept as another article" in note
    assert bodies(archive) == {FERRY: first.id, BARN: second.id}
    assert add(archive, first, second) == Report(unchanged=2)


def test_where_outlet_and_day_are_known_other_words_are_an_update(archive: Archive) -> None:
    known = {"outlet": "Gazette", "published": "2020-10-19"}
    add(archive, letter(FERRY, **known))
    assert add(archive, letter(BARN, **known)) == Report(updated=1)


EDITS = {
    "a word": FERRY.replace("second", "third"),
    "a sentence more": f"{FERRY} The harbour office did not answer.",
    "layout": FERRY.replace("quay. She", "quay.\n\nShe"),
}


@pytest.mark.parametrize("text", EDITS.values(), ids=EDITS)
def test_an_edit_is_a_revision_of_what_was_there(archive: Archive, text: str) -> None:
    add(archive, letter(FERRY), letter(BARN))
    edit = letter(text)
    assert add(archive, edit) == Report(updated=1)
    assert bodies(archive) == {text: letter(FERRY).id, BARN: letter(BARN).id}
    assert archive.revisions(letter(FERRY).id) == [edit.revision, letter(FERRY).revision]
    assert add(archive, edit, edit) == Report(unchanged=2)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (STORM, STORM.replace("12 ships", "13 ships"), True),
        (STORM, STORM.replace("Four cranes", "Three cranes"), True),
        (STORM, f"{STORM} {FERRY} {BARN}", True),
        (STORM, STORM.upper(), True),
        (STORM, STORM.replace("12", "31").replace("30 workers", "400 workers"), False),
        (STORM, STORM.replace("Ada Lind", "Bo Falk").replace("Westport", "Velden"), False),
        (STORM, STORM.partition(". ")[0] + ".", False),  # a teaser must not take the article's place
        (STORM, BARN, False),
        (RAIN, SUN, False),
        (RAIN, RAIN.replace("Monday", "Tuesday"), False),
        ("Details follow.", STORM, False),
        ("More.", "More.", True),
        ("Дождь ожидается в гавани в понедельник.", "Солнце ожидается в гавани во вторник.", False),
    ],
)
def test_an_edit_keeps_the_words_and_what_is_named_and_counted(before: str, after: str, same: bool) -> None:
    assert edited(before, after) is same


def test_versions_that_come_at_once_are_all_kept_in_any_order(tmp_path: Path) -> None:
    versions = [letter(FERRY), letter(EDITS["a word"]), letter(EDITS["a sentence more"]), letter(BARN)]
    kept = []
    for order in (versions, versions[::-1]):
        with Archive.open(tmp_path / f"home-{len(kept)}", HashedWords(), write=True) as archive:
            assert add(archive, *order).added == 4
            assert add(archive, *order) == Report(unchanged=4)
            kept.append(bodies(archive))
    assert kept[0] == kept[1]


def test_of_several_edits_that_come_at_once_one_is_the_revision(archive: Archive) -> None:
    add(archive, letter(FERRY))
    edits = [letter(EDITS["a word"]), letter(EDITS["a sentence more"])]
    first = add(archive, *edits)
    assert (first.added, first.updated, first.refused) == (1, 1, ())
    assert add(archive, *edits) == Report(unchanged=2)


def test_an_archive_whose_ids_were_made_without_the_text_is_known_again(archive: Archive) -> None:
    (old_id,) = ids_by_text(outlet=None, title="Letters", published=None, revisions=())
    add(archive, replace(letter(FERRY), id=old_id))
    assert add(archive, letter(FERRY)) == Report(unchanged=1)
    assert add(archive, letter(EDITS["a word"])) == Report(updated=1)
    assert add(archive, letter(BARN)).added == 1
    assert bodies(archive) == {EDITS["a word"]: old_id, BARN: letter(BARN).id}


def test_an_id_that_was_given_is_nobody_elses(archive: Archive) -> None:
    given = letter(FERRY, id="ferry")
    add(archive, given)
    report = add(archive, letter(EDITS["a word"]))
    assert (report.added, report.notes) == (1, ())
    assert add(archive, letter(BARN, id="ferry")) == Report(updated=1)


def test_what_is_added_again_with_its_outlet_and_day_is_no_copy_of_itself(archive: Archive) -> None:
    plain = letter(FERRY, title="The ferry")
    told = [
        letter(FERRY, title="The ferry", outlet="Gazette"),
        letter(FERRY, title="The ferry", outlet="Gazette", published="2024-03-14"),
    ]
    assert add(archive, plain).added == 1
    for one in told:
        report = add(archive, one)
        assert (report.added, report.updated) == (0, 1)
    assert (again := add(archive, told[-1])).unchanged == 1 and not again.added
    stored = archive.article(plain.id)
    assert (stored.outlet, stored.published) == ("Gazette", "2024-03-14")
    elsewhere = letter(FERRY, title="The ferry", outlet="Courier", published="2024-03-14")
    assert add(archive, elsewhere).added == 1  # another outlet printed it, too
