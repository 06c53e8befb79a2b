"""The archive as the truth: what goes in, what comes out, who may, and that removing leaves nothing."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from archive_fakes import (
    HashedWords,
    exit_of,
    hashes_for,
    in_child,
    invented,
    mark,
    name_of,
    put,
    question,
    vectors_for,
)

from index.errors import (
    ArchiveError,
    ArchiveLocked,
    ArchiveMismatch,
    BadArticle,
    BadFilter,
    NotInArchive,
)
from index.records import Article, Filters
from index.split import split
from index.storage.archive import Archive, Cited
from index.storage.engine import ArchiveHome

EVERYTHING = Filters()


@pytest.fixture
def archive(somewhere: ArchiveHome) -> Iterator[Archive]:
    """An empty archive, open for writing, on either engine."""
    with Archive.open(somewhere, HashedWords(), write=True) as opened:
        yield opened


@pytest.fixture
def file_archive(tmp_path: Path) -> Iterator[Archive]:
    """The same, in an SQLite file."""
    with Archive.open(tmp_path / "home", HashedWords(), write=True) as opened:
        yield opened


def ids(archive: Archive, filters: Filters = EVERYTHING) -> list[str]:
    return [article.id for article in archive.articles(filters)]


def found(archive: Archive, words: list[str], filters: Filters = EVERYTHING) -> set[str]:
    matches = archive.search_words(words, limit=100, filters=filters)
    return {stored.article.id for stored in archive.passages([match.seq for match in matches])}


# Going in


def test_an_article_comes_out_as_it_went_in(archive: Archive) -> None:
    article = replace(
        invented(1), agency="Wire", author="A. Writer", url="https://x.test/1", copyright_year=2019
    )
    assert put(archive, article) == "added"
    assert archive.article("a1") == article
    stored = archive.passages([match.seq for match in archive.search_words([mark(1)], limit=1)])
    assert [one.article for one in stored] == [article]
    assert [one.passage for one in stored] == split(article, HashedWords())[:1]


def test_adding_again_changes_nothing(archive: Archive) -> None:
    put(archive, invented(1))
    before = archive.status()
    assert put(archive, invented(1)) == "unchanged"
    assert archive.status() == before


def test_new_metadata_keeps_the_passages_as_they_are(archive: Archive) -> None:
    put(archive, invented(1))
    before = archive.search_words([mark(1)], limit=5)
    assert put(archive, replace(invented(1), outlet="Penhallow Times", author="B. Writer")) == "updated"
    assert [match.seq for match in archive.search_words([mark(1)], limit=5)] == [
        match.seq for match in before
    ]
    assert ids(archive, Filters(outlet=("penhallow times",))) == ["a1"]


def test_a_new_title_is_found_and_the_old_one_is_not(archive: Archive) -> None:
    put(archive, replace(invented(1), title="Zeppelins over Tull"))
    put(archive, replace(invented(1), title="Airships over Tull"))
    assert archive.passage_counts(["zeppelin", "airship"]) == {
        "zeppelin": 0,
        "airship": archive.passage_total(),
    }


def test_a_new_body_leaves_the_old_one_citable_but_out_of_the_search(archive: Archive) -> None:
    old = invented(1)
    new = replace(old, body=old.body.replace(mark(1), "corrected"))
    put(archive, old)
    assert put(archive, new) == "updated"
    assert archive.article("a1") == new
    assert archive.article("a1", revision=old.revision) == old
    assert archive.passage_counts([mark(1), "corrected"]) == {mark(1): 0, "corrected": 1}
    assert archive.passage_total() == len(split(new, HashedWords()))
    assert archive.status().revisions == 2


def test_a_body_may_come_back(archive: Archive) -> None:
    old, new = invented(1), invented(1, edition=1)
    assert [put(archive, article) for article in (old, new, old, old)] == [
        "added",
        "updated",
        "updated",
        "unchanged",
    ]
    assert archive.article("a1") == old
    assert archive.article("a1", revision=new.revision) == new
    assert archive.status().revisions == 2


def test_a_batch_is_stored_whole_or_not_at_all(archive: Archive) -> None:
    put(archive, invented(1))
    with pytest.raises(ZeroDivisionError), archive.batch():
        put(archive, invented(2))
        put(archive, invented(1, edition=1))
        raise ZeroDivisionError
    assert ids(archive) == ["a1"]
    assert archive.article("a1") == invented(1)
    assert archive.passage_counts([mark(1), mark(2)]) == {mark(1): 1, mark(2): 0}
    assert put(archive, invented(3)) == "added"
    matches = archive.search_vectors(question(invented(3).body), limit=100)
    assert {stored.article.id for stored in archive.passages([m.seq for m in matches])} == {"a1", "a3"}


def test_a_search_does_not_see_a_batch_before_it_is_stored(archive: Archive) -> None:
    with archive.batch():
        put(archive, invented(1))
        assert archive.search_vectors(question("ferry"), limit=5) == []
        assert found(archive, [mark(1)]) == set()
    assert found(archive, [mark(1)]) == {"a1"}
    assert len(archive.search_vectors(question("ferry"), limit=5)) > 0


ARTICLE = invented(1)
PASSAGES = split(ARTICLE, HashedWords())
VECTORS = vectors_for(ARTICLE, PASSAGES, HashedWords())


@pytest.mark.parametrize(
    ("article", "passages", "vectors", "message"),
    [
        (ARTICLE, [], VECTORS[:0], "has no passages"),
        (ARTICLE, PASSAGES, VECTORS[:1], r"vectors of shape \(1, 64\), expected \(\d+, 64\)"),
        (ARTICLE, PASSAGES, VECTORS * np.nan, "not finite"),
        (ARTICLE, PASSAGES[1:], VECTORS[1:], "another article, revision or number"),
        (ARTICLE, [replace(PASSAGES[0], text="Not so.")], VECTORS[:1], "is not its body at 0"),
        (replace(ARTICLE, body="Other."), PASSAGES, VECTORS, "another article, revision or number"),
        (
            replace(ARTICLE, published="5 May"),
            PASSAGES,
            VECTORS,
            "'published' is '5 May', expected an ISO date",
        ),
        (replace(ARTICLE, id=""), PASSAGES, VECTORS, "has no id"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    archive: Archive, article: Article, passages: list, vectors: np.ndarray, message: str
) -> None:
    with pytest.raises(BadArticle, match=message):
        archive.add(article, passages, vectors)
    assert ids(archive) == []


def test_vectors_of_equal_inputs_are_found_again(archive: Archive) -> None:
    put(archive, invented(1))
    names = hashes_for(invented(1), HashedWords())
    again = archive.vectors_of([*names, "unknown"])
    assert again.keys() == set(names)
    assert np.array_equal(again[names[0]], VECTORS[0])


# Coming out


def test_copies_share_an_origin_whatever_their_layout(archive: Archive) -> None:
    first = invented(1)
    copy = replace(first, id="copy", outlet="Tull Courier", body=first.body.upper().replace("\n\n", "\n- "))
    for article in (first, invented(2), copy):
        put(archive, article)
    assert archive.copies_of("a1") == [copy]
    assert archive.copies_of("copy") == [first]
    assert archive.copies_of("a2") == []
    assert (archive.status().origins, archive.status().copies) == (2, 1)


def test_a_lightly_edited_copy_joins_its_origin_and_leaves_it_when_it_is_rewritten(archive: Archive) -> None:
    first = replace(invented(1), body=" ".join(f"Word{n} of the report." for n in range(60)))
    edited = replace(
        first, id="edited", body=f"Tull Courier note.\n\n{first.body.replace('Word7 ', 'Word8 ')}"
    )
    for article in (first, edited):
        put(archive, article)
    assert archive.copies_of("a1") == [edited]

    put(archive, replace(edited, body=invented(2).body))
    assert archive.copies_of("a1") == []

    put(archive, edited)
    archive.remove("a1")
    assert archive.copies_of("edited") == []


def test_words_that_an_answer_quoted_and_a_revision_changed_are_told(archive: Archive) -> None:
    body = "The ministry counts 729 dead. It names them one by one. Nobody else counts."
    first = replace(invented(1), body=body)
    put(archive, first)
    cited = [
        Cited("a1", first.revision, 0, 29),
        Cited("a1", first.revision, 30, 55),
        Cited("a1", first.revision, 56, 75),
    ]
    archive.log("How many?", status="answered", cited=cited)
    assert archive.changed() == []

    second = replace(
        first,
        body="Correction: the number is another.\n\nThe ministry counts 792 dead. It names them one by one.",
    )
    put(archive, second)
    number, gone = archive.changed()
    assert (number.quote, second.body[slice(*number.now or (0, 0))]) == (
        body[:29],
        "The ministry counts 792 dead.",
    )
    assert [second.body[slice(*note)] for note in number.notes] == ["Correction: the number is another."]
    assert (gone.quote, gone.now, gone.question) == ("Nobody else counts.", None, "How many?")
    assert archive.changed(since="2999-01-01T00:00:00") == []
    assert archive.article("a1", revision=number.revision).body[slice(*number.span)] == number.quote

    put(archive, first)
    assert archive.changed() == []


DATES = {
    "day": "2020-10-19",
    "minute": "2020-10-19T17:45",
    "offset": "2020-10-20T01:00+04:00",  # 19 October, 21:00 UTC
    "month": "2020-10",
    "year only": None,
    "never": None,
}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), set(DATES)),
        (Filters(since="2020-10-19"), {"day", "minute", "offset"}),
        (Filters(since="2020-10-20"), set()),
        (Filters(since="2020-10"), {"day", "minute", "offset", "month"}),
        (Filters(since="2020"), {"day", "minute", "offset", "month", "year only"}),
        (Filters(until="2020-10-19"), {"day", "minute", "offset"}),
        (Filters(until="2020-10-19T18:00"), {"minute"}),
        (Filters(as_of="2020-10-31"), {"day", "minute", "offset", "month"}),
        (Filters(as_of="2020-10-30"), {"day", "minute", "offset"}),
        (Filters(until="2020-12-31"), {"day", "minute", "offset", "month", "year only"}),
        (Filters(outlet=(" TODAY.az ",), until="2020"), {"day"}),
        (Filters(outlet=("Today", "nobody")), set()),
    ],
)
def test_filters_ask_what_is_certain(archive: Archive, filters: Filters, expected: set[str]) -> None:
    for number, (name, published) in enumerate(DATES.items()):
        article = replace(invented(number), id=name, published=published, title="One title")
        article = replace(article, copyright_year=2020 if name == "year only" else None)
        put(archive, replace(article, outlet="Today.Az" if name == "day" else None))
    assert set(ids(archive, filters)) == expected
    assert found(archive, ["report"], filters) == expected
    matches = archive.search_vectors(question("ferry"), limit=100, filters=filters)
    assert {stored.article.id for stored in archive.passages([m.seq for m in matches])} == expected
    total = sum(len(split(archive.article(name), HashedWords())) for name in expected)
    assert archive.passage_counts(["titles"], filters=filters) == {"titles": total}


def test_a_filtered_search_still_returns_as_many_as_asked(archive: Archive) -> None:
    for number in range(40):
        put(archive, replace(invented(number), outlet="Rare" if number == 31 else "Common"))
    rare = Filters(outlet=("rare",))
    expected = len(split(invented(31), HashedWords()))
    assert len(archive.search_vectors(question("ferry"), limit=expected, filters=rare)) == expected
    assert len(archive.search_words(["report"], limit=expected, filters=rare)) == expected


def test_what_was_known_then_does_not_include_a_body_that_was_changed_later(archive: Archive) -> None:
    then = Filters(as_of="2020-12-31")
    put(archive, invented(1))
    assert ids(archive, then) == ["a1"]
    put(archive, invented(1, edition=1))
    assert ids(archive, then) == []
    assert ids(archive, Filters(until="2020-12-31")) == ["a1"]
    put(archive, replace(invented(1, edition=1), author="C. Writer"))
    assert ids(archive, then) == []
    put(archive, replace(invented(1, edition=2), published="2020-11-05"))
    assert ids(archive, then) == ["a1"], "the article itself dates this version"
    put(archive, replace(invented(1, edition=2), published="2021-01-05"))
    assert ids(archive, then) == []


@pytest.mark.parametrize("filters", [Filters(outlet=(" ",)), Filters(since="May"), Filters(as_of="soon")])
def test_a_filter_that_is_none_is_refused(archive: Archive, filters: Filters) -> None:
    with pytest.raises(BadFilter):
        archive.search_words(["ferry"], limit=1, filters=filters)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("flooding", 1),  # porter: "flooded"
        ("FLOODED", 1),
        ("Eclair", 1),
        ("éclairs", 1),
        ("U.S.", 1),  # a phrase of two tokens
        ("NOT", 0),
        ('say "ferry"', 0),
        ("title:ferry", 0),
        ("fer*", 0),
        ("—", 0),
        ("", 0),
        ("a\0b", 0),
    ],
)
def test_words_are_counted_as_the_index_stems_them_and_never_as_operators(
    archive: Archive, word: str, count: int
) -> None:
    put(archive, Article("x", "Notes", "The ferry flooded. An éclair of the U.S. kind sank."))
    assert archive.passage_counts([word]) == {word: count}
    assert len(archive.search_words([word], limit=5)) == count


def test_fifty_copies_of_a_text_make_none_of_its_words_common(archive: Archive) -> None:
    for number in range(4):
        put(archive, invented(number))
    before = archive.passage_counts([mark(1), "ferry"])
    with archive.batch():
        for number in range(50):
            put(archive, replace(invented(1), id=f"copy-{number}", outlet=f"Mill {number}"))
    assert archive.passage_counts([mark(1), "ferry"]) == before


def test_a_thousand_words_are_not_too_many(archive: Archive) -> None:
    put(archive, invented(1))
    words = [f"word{number}" for number in range(1_000)] + [mark(1), "x" * 10_000]
    assert len(archive.search_words(words, limit=5)) == 1
    assert sum(archive.passage_counts(words).values()) == 1
    assert archive.search_words([], limit=5) == archive.search_words(["ferry"], limit=0) == []


def test_bm25_prefers_the_rare_word_and_the_title_can_weigh_more(archive: Archive) -> None:
    put(archive, Article("common", "Alpha", "The ferry left. The ferry came back."))
    put(archive, Article("rare", "Beta", "The ferry met a whale."))
    put(
        archive, Article("titled", "Whale and ferry", "A very long text on other things that went on and on.")
    )
    best = archive.passages(
        [m.seq for m in archive.search_words(["ferry", "whale"], limit=3, title_weight=9.0)]
    )
    assert best[0].article.id == "titled"
    scores = archive.search_words(["ferry", "whale"], limit=3)
    assert archive.passages([scores[0].seq])[0].article.id in {"rare", "titled"}
    assert [m.score for m in scores] == sorted((m.score for m in scores), reverse=True)
    assert scores[-1].score > 0


def test_status_counts_what_is_there(archive: Archive) -> None:
    for number in range(5):
        put(archive, invented(number))
    put(archive, replace(invented(5), published=None, copyright_year=2031))  # a year is no date to show
    status = archive.status()
    assert (status.articles, status.undated, status.copies) == (6, 1, 0)
    assert (status.earliest, status.latest) == ("2020-01-01T00:00:00", "2020-05-05T23:59:59")
    assert dict(status.outlets)["Harbour Post"] == 2
    assert status.passages == archive.passage_total() == status.index.tail
    assert status.encoder.name == "hashed-words"
    assert status.bytes > 0


def test_an_unknown_article_or_revision_is_named(archive: Archive) -> None:
    put(archive, invented(1))
    with pytest.raises(NotInArchive, match="no article 'a2'"):
        archive.article("a2")
    with pytest.raises(NotInArchive, match="'a1' with revision 000000000000…"):
        archive.article("a1", revision="0" * 64)
    with pytest.raises(NotInArchive, match="'a2'"):
        archive.remove_all(["a1", "a2"])
    assert ids(archive) == ["a1"]


# Going out


def test_removing_leaves_no_word_in_any_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    gone = [*range(0, 120, 7), 118, 119]
    secrets = [mark(number) for number in gone] + ["qwxsuperseded", "qwxasked", "qwxauthor", "qwxtitle"]
    with Archive.open(home, HashedWords(), write=True) as archive, Archive.open(home) as reader:
        for number in range(120):
            put(archive, invented(number))
        put(archive, replace(invented(7), body=f"{invented(7).body} And qwxsuperseded."))
        put(archive, replace(invented(7), author="qwxauthor", title="qwxtitle"))
        cited = [Cited("a7", invented(7).revision, 0, 5)]
        archive.log("Who asked qwxasked?", status="answered", cited=cited)
        archive.log("Who asked about a stranger?", status="abstained")
        assert all(any(words_in(home, word)) for word in secrets), "the scan must be able to find them"
        assert len(reader.search_words([mark(7)], limit=5)) == 1

        archive.remove_all([f"a{number}" for number in gone])

        assert [word for word in secrets if any(words_in(home, word))] == []
        assert reader.search_words([mark(7)], limit=5) == []
        assert reader.status().questions == 1
        assert any(words_in(home, mark(8)))
    assert [word for word in secrets if any(words_in(home, word))] == []


def words_in(home: Path, word: str) -> list[Path]:
    """The files that hold the word, or the beginning that stemming and prefix compression leave of it."""
    needle = word[:9].encode()
    return [path for path in home.rglob("*") if path.is_file() and needle in path.read_bytes().lower()]


# Who may


def test_a_second_writer_is_told_who_the_first_is(file_archive: Archive) -> None:
    archive = file_archive
    with pytest.raises(ArchiveLocked, match=rf"is being written by process {os.getpid()} \(.+\), since 20"):
        Archive.open(archive.home, HashedWords(), write=True)
    archive.close()
    with Archive.open(archive.home, HashedWords(), write=True, command="dateline add") as again:
        put(again, invented(1))
        with pytest.raises(ArchiveLocked, match=r"\(dateline add\)"):
            Archive.open(archive.home, write=True)


def test_a_writer_that_dies_leaves_no_lock(archive: Archive) -> None:
    archive.close()
    code = "import os, sys; from archive_fakes import *\n"
    code += "with (a := Archive.open(home_named(sys.argv[1]), write=True)).batch(): os._exit(9)"
    assert exit_of(code, name_of(archive.home)) == 9
    with Archive.open(archive.home, write=True) as again:
        assert ids(again) == []


def test_readers_see_what_another_process_adds_and_removes_without_opening_again(
    somewhere: ArchiveHome,
) -> None:
    home = somewhere
    child = """if True:
        import sys; from archive_fakes import *
        with Archive.open(home_named(sys.argv[1]), HashedWords(), write=True) as archive:
            for line in sys.stdin:
                verb, number = line.split()
                put(archive, invented(int(number))) if verb == "add" else archive.remove("a" + number)
                print("done", flush=True)
    """
    with Archive.open(home, HashedWords(), write=True) as archive:
        put(archive, invented(1))
    with (
        Archive.open(home, HashedWords()) as reader,
        in_child(child, name_of(home)) as writer,
    ):
        steps = (("add", 2, {"a1", "a2"}), ("add", 3, {"a1", "a2", "a3"}), ("remove", 2, {"a1", "a3"}))
        for verb, number, expected in steps:
            print(verb, number, file=writer.stdin, flush=True)
            assert writer.stdout.readline() == "done\n"
            matches = reader.search_vectors(question("ferry"), limit=100)
            assert {stored.article.id for stored in reader.passages([m.seq for m in matches])} == expected
            assert len(matches) == reader.passage_total()
            assert found(reader, ["report"]) == expected
        with pytest.raises(ArchiveError, match="opened to read"):
            put(reader, invented(4))
        writer.stdin.close()


def test_threads_may_search_while_one_writes(archive: Archive) -> None:
    put(archive, invented(0))
    wrong: list[str] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            matches = archive.search_vectors(question("ferry"), limit=1000)
            stored = archive.passages([match.seq for match in matches])
            if len(matches) != len({match.seq for match in matches}) or not stored:
                wrong.append("a passage twice, or none")
            wrong.extend(
                s.article.id
                for s in stored
                if s.article.body[s.passage.start : s.passage.end] != s.passage.text
            )

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 40):
        put(archive, invented(number))
        if number % 3 == 0:
            archive.remove(f"a{number - 1}")
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(archive.search_vectors(question("ferry"), limit=1000)) == archive.passage_total()


def test_another_encoder_is_refused_with_advice(archive: Archive) -> None:
    other = HashedWords()
    other.fingerprint = "e" * 64
    archive.close()
    for write in (False, True):
        with pytest.raises(ArchiveMismatch, match=r"made by the encoder 'hashed-words'.* another --home"):
            Archive.open(archive.home, other, write=write)
    with Archive.open(archive.home) as opened:
        assert opened.encoder.fingerprint == HashedWords.fingerprint


def test_a_newer_layout_is_refused(file_archive: Archive) -> None:
    archive = file_archive
    archive.close()
    with sqlite3.connect(archive.home / "archive.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(ArchiveMismatch, match="has layout 99"):
        Archive.open(archive.home)


def test_no_archive_a_foreign_file_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    for write in (False, True):
        with pytest.raises(ArchiveError, match="there is no archive yet; make one with `dateline add PATH`"):
            Archive.open(tmp_path / "none", write=write)
    assert not (tmp_path / "none").exists()
    (tmp_path / "archive.sqlite").write_bytes(b"not a database at all, but some text " * 100)
    with pytest.raises(ArchiveError, match="is damaged"):
        Archive.open(tmp_path)
    with pytest.raises(ArchiveError, match="is damaged"):
        Archive.open(tmp_path, HashedWords(), write=True)
    (tmp_path / "archive.sqlite").unlink()
    Archive.open(tmp_path, HashedWords(), write=True).close()


def test_a_making_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").touch()
    with pytest.raises(ArchiveError, match="no archive yet"):
        Archive.open(tmp_path)
    with Archive.open(tmp_path, HashedWords(), write=True) as archive:
        assert put(archive, invented(1)) == "added"


def test_a_small_archive_imports_neither_chroma_nor_llama_index(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashedWords(), write=True) as archive:
        put(archive, invented(1))
    code = f"""if True:
        import sys; from pathlib import Path; from archive_fakes import *
        with Archive.open(Path({str(tmp_path)!r}), HashedWords()) as archive:
            archive.warm()
            assert archive.search_vectors(question("ferry"), limit=3)
        heavy = {{"chromadb", "llama_index", "torch", "onnxruntime"}} & sys.modules.keys()
        sys.exit(str(heavy) if heavy else 0)
    """
    assert exit_of(code) == 0


@pytest.mark.parametrize(
    ("updated", "found"),
    [("2020-11-01", True), ("2021-03-01T10:00:00Z", False), ("2999-01-01", True), ("soon", True)],
)
def test_what_was_known_then_does_not_include_a_text_that_says_it_was_changed_later(
    archive: Archive, updated: str, found: bool
) -> None:
    put(archive, replace(invented(1), updated=updated))
    assert ids(archive, Filters(as_of="2020-12-31")) == (["a1"] if found else [])


def test_a_change_that_says_its_day_is_known_from_then_on(archive: Archive) -> None:
    put(archive, invented(1))
    put(archive, replace(invented(1, edition=1), updated="2020-12-01"))
    assert ids(archive, Filters(as_of="2020-12-31")) == ["a1"]


def test_the_first_printed_is_the_earliest_of_the_day_on_which_the_archive_had_the_text(
    archive: Archive,
) -> None:
    first = replace(invented(1), id="first", published="2020-10-19")
    with archive.batch():
        put(archive, replace(first, id="reprint", outlet="Gazette", published="2020-10-20"))
        put(archive, first)
        put(archive, invented(2))
    origins = {one.origin for one in archive.sampled(100)}
    of_gazette = Filters(outlet=("Gazette",))

    assert {one.article.id for one in archive.first_printed(origins)} == {"first"}
    assert archive.first_printed(origins, filters=of_gazette) == [], "there alone it has no copies"
    assert archive.first_printed([]) == []
