"""Letters that are typed as others."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.lexicon import load_lexicon
from bot.language.spellings import nearest_name, same_name, typed_plainly
from index.articles.read import read_paths
from index.encoding.encoder import Encoder
from index.letters import folded, folded_at, latin
from index.retrieval.query import read_query
from index.retrieval.retrieve import Retriever
from index.stems import stems_of
from index.storage.archive import Archive
from index.storage.ingest import ingest

NAMES = [
    ("Wałęsa", "Walesa"),
    ("Łukasz Żółć", "Lukasz Zolc"),
    ("Søren Kjærgaard", "Soren Kjaergaard"),
    ("Øystein", "Oystein"),
    ("Đà Nẵng", "Da Nang"),
    ("Đorđević", "Dordevic"),
    ("Þórður Guðnason", "Thordur Gudnason"),
    ("Işıl Kılıçdar", "Isil Kilicdar"),
    ("İlham", "Ilham"),
    ("Elçin Məmmədli", "Elcin Memmedli"),
    ("Straße", "Strasse"),
    ("GROẞ", "gross"),
    ("Œuvre", "Oeuvre"),
    ("Għarb Ħamrun", "Gharb Hamrun"),
    ("Ŋaŋa", "Nana"),
    ("Mazón", "Mazon"),
]


@pytest.mark.parametrize(("written", "typed"), NAMES)
def test_a_name_is_one_however_it_is_typed(written: str, typed: str) -> None:
    assert folded(written) == typed.lower()
    assert read_query(written).keys == read_query(typed).keys
    text = f"In 1990, {written} won."
    keys = read_query(typed).keys
    assert stems_of(text).counts_of(keys) == dict.fromkeys(keys, 1)
    assert [text[at] for at, _ in read_query(typed).places(text)] == [part[0] for part in written.split()]
    lexicon = load_lexicon()
    assert [lexicon.key(part) for part in written.split()] == [lexicon.key(part) for part in typed.split()]
    assert all(
        len(one) < 4 or same_name(one, other)
        for one, other in zip(written.split(), typed.split(), strict=True)
    )


def test_a_slip_in_a_plain_name_is_offered_the_names_own_letters() -> None:
    assert nearest_name("Zolkiewka", ["Żółkiewska", "Kowalski"]) == "Żółkiewska"


def test_a_plainly_typed_name_is_told_from_others() -> None:
    known = ["Søren", "Kjærgaard", "Anna"]
    assert typed_plainly("Did Soren Kjaergaard or Anna call Søren?", known) == ["Soren", "Kjaergaard"]


@given(st.text(alphabet="aAłŁæÆßİıé \u0301ё中x.", max_size=40))
def test_each_folded_letter_knows_where_it_stands(text: str) -> None:
    plain, places = folded_at(text)
    assert plain == folded(text)
    assert places is None or len(places) == len(plain)
    for n, letter in enumerate(plain):
        assert letter in folded(text[places[n] if places else n])


def test_latin_leaves_marks_and_case() -> None:
    assert latin("Wałęsa Ærø Ёлка") == "Walęsa Aero Ёлка"


CASE = """---
id: gate
title: Gate restored
outlet: Courier
---

Lech Wałęcki of Łódź opened the gate of the shipyard on Monday.
"""


def test_an_archive_that_was_indexed_with_other_letters_is_read_as_it_is_and_indexed_anew_when_written_to(
    tmp_path: Path, encoder: Encoder
) -> None:
    home = tmp_path / "home"
    (tmp_path / "gate.md").write_text(CASE, encoding="utf-8")
    with Archive.open(home, encoder, write=True) as archive:
        ingest(archive, encoder, read_paths([tmp_path / "gate.md"]))
    _as_before(home / "archive.sqlite")
    with Archive.open(home, encoder) as archive:
        assert archive.passage_counts(["Wałęcki", "Walecki", "shipyard"]) == {
            "Wałęcki": 1, "Walecki": 0, "shipyard": 1,
        }  # fmt: skip
        (hit,) = Retriever(archive, encoder).retrieve("What did Wałęcki open?", limit=1)
        assert hit.bm25
    with Archive.open(home, encoder, write=True) as archive:
        assert archive.passage_counts(["Wałęcki", "Walecki", "Lodz"]) == {
            "Wałęcki": 1, "Walecki": 1, "Lodz": 1,
        }  # fmt: skip
        (hit,) = Retriever(archive, encoder).retrieve("What did Walecki open?", limit=1)
        assert hit.bm25


def _as_before(path: Path) -> None:
    """The full-text index as it was made when letters stayed as they are written."""
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'letters'")
        rows = connection.execute(
            'SELECT p.seq, a.title, substr(r.body, p.start + 1, p."end" - p.start) FROM passages AS p'
            " JOIN articles AS a ON a.number = p.article JOIN revisions AS r ON r.number = p.revision"
        ).fetchall()
        for seq, title, text in rows:
            connection.execute(
                "UPDATE passages_fts SET title = ?, text = ? WHERE rowid = ?", (title, text, seq)
            )
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'deletions'")
    connection.close()
