"""The index, and exact search behind it, give what brute force gives, also when files are damaged."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from archive_fakes import HashedWords, invented, put, question

from index.records import Filters
from index.split import passage_input
from index.storage.archive import Archive, Match
from index.storage.generations import Generations
from index.storage.vector_index import IndexBroken
from index.storage.vectors import VectorSearch

QUESTIONS = ["The viaduct of Velmora fell silent", "How many saw the ferry of Tull?", "orchard", "Report 41"]
SCOPES = [Filters(), Filters(outlet=("Tull Courier",)), Filters(until="2020-11"), Filters(since="2020-12-27")]
INDEXED, MORE = 60, 20  # articles in the index, and behind it


@pytest.fixture(scope="module")
def indexed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with an index over 60 articles; 20 more are newer, and some of both are changed or gone."""
    home = tmp_path_factory.mktemp("indexed") / "home"
    with Archive.open(home, HashedWords(), write=True, index_from=100) as archive:
        for number in range(INDEXED):
            put(archive, invented(number))
        assert archive.tend() is None
        assert archive.status().index.state == "ready"
        for number in range(INDEXED, INDEXED + MORE):
            put(archive, invented(number))
        for number in (5, INDEXED + 5):
            put(archive, invented(number, edition=1))
        archive.remove(f"a{INDEXED + 7}")
    return home


@pytest.fixture
def home(indexed_home: Path, tmp_path: Path) -> Path:
    """A copy of it that may be damaged."""
    return Path(shutil.copytree(indexed_home, tmp_path / "home"))


@pytest.fixture
def warm(home: Path) -> Iterator[Archive]:
    """It, opened by a process that stays."""
    with Archive.open(home, HashedWords()) as archive:
        archive.warm()
        yield archive


def searching(archive: Archive) -> VectorSearch:
    """The search over its file, with what it has opened."""
    return archive._passages._search


def brute_force(archive: Archive, text: str, *, limit: int, filters: Filters) -> list[Match]:
    """The search written again, from the articles: every passage that may be used, by its cosine."""
    allowed = {article.id for article in archive.articles(filters)}
    stored = archive.passages(range(1, 2_000))
    rows = [one for one in stored if one.article.id in allowed]
    if not rows:
        return []
    vectors = HashedWords().encode([passage_input(one.article, one.passage.text) for one in rows])
    scores = vectors @ question(text)
    order = sorted(range(len(rows)), key=lambda row: (-scores[row], rows[row].seq))
    return [Match(rows[row].seq, float(scores[row])) for row in order[:limit]]


def agree(archive: Archive, *, limit: int = 10) -> None:
    """Assert that the archive answers as brute force does."""
    for text in QUESTIONS:
        for filters in SCOPES:
            expected = brute_force(archive, text, limit=limit, filters=filters)
            matches = archive.search_vectors(question(text), limit=limit, filters=filters)
            assert [m.score for m in matches] == pytest.approx([m.score for m in expected], abs=1e-5)
            close = {m.seq for m in expected} ^ {m.seq for m in matches}
            last = expected[-1].score if expected else 0
            assert all(abs(m.score - last) < 1e-5 for m in [*expected, *matches] if m.seq in close)


def test_exact_search_gives_what_brute_force_gives(home: Path) -> None:
    with Archive.open(home, HashedWords()) as archive:
        agree(archive)
        agree(archive, limit=500)


def test_the_index_and_what_is_newer_give_what_brute_force_gives(warm: Archive) -> None:
    assert searching(warm)._opened is not None
    agree(warm)
    agree(warm, limit=60)
    agree(warm, limit=500)
    assert searching(warm).broken is None
    assert len(searching(warm)._exact._seqs) < warm.passage_total() / 2, "only the tail is held in memory"


def test_a_search_asks_the_index(warm: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = searching(warm)._opened
    asked: list[int] = []
    nearest = opened.index.nearest
    monkeypatch.setattr(
        opened.index, "nearest", lambda vector, limit: asked.append(limit) or nearest(vector, limit=limit)
    )
    warm.search_vectors(question("ferry"), limit=10)
    assert asked == [36]
    warm.search_vectors(question("ferry"), limit=10, filters=Filters(until="2020-06"))
    assert 36 < asked[1] < 100, "half of the articles pass: twice as many are asked for"
    warm.search_vectors(question("ferry"), limit=10, filters=Filters(since="2020-12-27"))
    assert len(asked) == 2, "few pass: computed exactly"


ANOTHERS = "another archive's"


@pytest.fixture(scope="session")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of another archive with an index."""
    home = tmp_path_factory.mktemp("another") / "home"
    with Archive.open(home, HashedWords(), write=True, index_from=10) as archive:
        for number in range(500, 540):
            put(archive, invented(number))
        assert archive.tend() is None
    return home


def damage(path: Path, how: str, another: Path | None = None) -> None:
    """Spoil one file."""
    data = path.read_bytes()
    if how == "delete":
        path.unlink()
    elif how == "truncate":
        path.write_bytes(data[: len(data) // 2])
    elif how == "zero":
        path.write_bytes(bytes(len(data)))
    elif how == ANOTHERS:
        assert another
        path.write_bytes(next((another / "vectors").rglob(path.name)).read_bytes())
    elif how == "one bit":
        place = len(data) * 2 // 3
        path.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
    else:
        path.write_bytes(random.Random(len(data)).randbytes(len(data)))


FILES = [
    "chroma.sqlite3",
    "data_level0.bin",
    "header.bin",
    "index_metadata.pickle",
    "length.bin",
    "link_lists.bin",
]


@pytest.mark.soak
@pytest.mark.parametrize("name", [*FILES, "current"])
def test_another_archives_file_is_not_taken_for_its_own(home: Path, another: Path, name: str) -> None:
    (path,) = [path for path in (home / "vectors").rglob("*") if path.name == name]
    same = next((another / "vectors").rglob(name)).read_bytes() == path.read_bytes()
    damage(path, ANOTHERS, another)
    with Archive.open(home, HashedWords()) as archive:
        archive.warm()
        assert same or archive.status().index.state == "damaged"
        agree(archive, limit=5)


@pytest.mark.parametrize("how", ["delete", "truncate", "zero", "one bit", "random bytes"])
@pytest.mark.parametrize("name", [*FILES, "current"])
def test_whatever_is_damaged_answers_go_on(home: Path, name: str, how: str) -> None:
    (path,) = [path for path in (home / "vectors").rglob("*") if path.name == name]
    damage(path, how)
    pointer_gone = (name, how) == ("current", "delete")
    with Archive.open(home, HashedWords()) as archive:
        archive.warm()
        assert searching(archive)._opened is None
        assert archive.status().index.state == ("none" if pointer_gone else "damaged")
        agree(archive, limit=5)
    assert sorted(p.name for p in (home / "vectors").rglob("*")) != [], "a reader deletes nothing"


def test_the_files_of_an_index_are_the_ones_that_are_damaged_above(home: Path) -> None:
    names = {path.name for path in (home / "vectors").rglob("*") if path.is_file()}
    assert names == {*FILES, "current"}


def test_a_damaged_index_is_built_anew_by_the_writer_and_a_reader_follows(home: Path) -> None:
    (path,) = (home / "vectors").rglob("data_level0.bin")
    damage(path, "one bit")
    with Archive.open(home, HashedWords()) as reader:
        reader.warm()
        assert "data_level0.bin: is not what was written" in (searching(reader).broken or "")
        with Archive.open(home, HashedWords(), write=True, index_from=100) as writer:
            assert writer.tend() is None
            assert writer.status().index.state == "ready"
            assert writer.status().index.tail == 0
        agree(reader)
        assert searching(reader)._opened is not None
        assert searching(reader).broken is None
        assert not path.exists(), "the damaged one is gone once another has replaced it"


def test_an_index_that_breaks_while_open_is_left_for_exact_search(warm: Archive) -> None:
    searching(warm)._opened.index._store.client.delete(
        ids=searching(warm)._opened.index._store.client.get()["ids"]
    )
    agree(warm)
    searching(warm)._opened.index.close()
    agree(warm)
    assert searching(warm)._opened is None


def test_reading_leaves_every_file_of_the_index_as_it_was(home: Path) -> None:
    before = {path: path.read_bytes() for path in (home / "vectors").rglob("*") if path.is_file()}
    with Archive.open(home, HashedWords()) as archive:
        archive.warm()
        copy = searching(archive)._opened._copy.folder
        agree(archive)
        assert copy.is_dir()
    assert not copy.exists()
    assert {path: path.read_bytes() for path in (home / "vectors").rglob("*") if path.is_file()} == before


def test_removing_an_indexed_article_takes_the_folders_with_it(home: Path) -> None:
    with (
        Archive.open(home, HashedWords(), write=True) as archive,
        Archive.open(home, HashedWords()) as reader,
    ):
        reader.warm()
        archive.remove("a3")
        assert list((home / "vectors").iterdir()) == []
        agree(reader)
        assert searching(reader)._opened is None
        assert archive.status().index.state == "none"


def test_removing_what_is_newer_than_the_index_keeps_it(home: Path) -> None:
    with Archive.open(home, HashedWords(), write=True) as archive:
        archive.remove(f"a{INDEXED + 3}")
        assert archive.status().index.state == "ready"


def test_no_words_of_an_article_are_in_the_index(home: Path) -> None:
    data = b"".join(path.read_bytes() for path in (home / "vectors").rglob("*") if path.is_file()).lower()
    assert [word for word in (b"velmora", b"ferry", b"report", b'"a41"') if word in data] == []


def test_a_settings_file_that_lies_about_does_not_reach_the_index(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("ANONYMIZED_TELEMETRY=true\nPERSIST_DIRECTORY=/nowhere\nMIGRATIONS=none\n")
    monkeypatch.chdir(tmp_path)
    with Archive.open(home, HashedWords()) as archive:
        archive.warm()
        assert searching(archive).broken is None
        settings = searching(archive)._opened.index._client.get_settings()
        assert (settings.anonymized_telemetry, settings.migrations) == (False, "apply")
        agree(archive)


def test_a_settings_file_that_chroma_chokes_on_stops_no_answer(home: Path, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("IS_PERSISTENT=maybe\n")  # chromadb reads it when it is imported
    code = f"""if True:
        from pathlib import Path; from archive_fakes import *; from test_vectors import searching
        with Archive.open(Path({str(home)!r}), HashedWords()) as archive:
            archive.warm()
            broken = archive._passages._search.broken
            assert "is_persistent" in (broken or ""), broken
            assert archive.search_vectors(question("ferry"), limit=3)
    """
    here = Path(__file__).parent
    paths = {"PYTHONPATH": f"{here.parent}:{here}"}
    child = [sys.executable, "-c", code]
    assert subprocess.run(child, cwd=tmp_path, env=os.environ | paths, check=False).returncode == 0


def test_a_kill_between_building_and_switching_leaves_nothing_behind(home: Path) -> None:
    (home / "vectors" / "99-unfinished").mkdir()
    (home / "vectors" / "99-unfinished" / "header.bin").write_bytes(b"half")
    (home / "vectors" / "current.new").write_text("{")
    with Archive.open(home, HashedWords(), write=True) as archive:
        assert archive.status().index.state == "ready"
    assert len(list((home / "vectors").iterdir())) == 2


def test_a_pointer_that_names_nothing_is_broken(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    assert generations.current() is None
    for text in ("", "[]", "{}", '{"name": "x", "upto": "many", "count": 1, "library": "", "files": []}'):
        (tmp_path / "current").write_text(text)
        with pytest.raises(IndexBroken):
            generations.current()


def test_a_zero_vector_finds_something_and_a_wrong_length_is_an_error(home: Path) -> None:
    with Archive.open(home, HashedWords()) as archive:
        assert len(archive.search_vectors(np.zeros(64, np.float32), limit=3)) == 3
        with pytest.raises(ValueError, match="reshape"):
            archive.search_vectors(np.zeros(65, np.float32), limit=3)
