"""A copy that was translated there and back is of the wire's origin; what only shares its facts is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.studies.origins import DESKS, read_all
from index.articles.draft import Found
from index.copies.relation import in_order, relation
from index.copies.telling import Telling
from index.encoding.encoder import Encoder
from index.records import Article
from index.storage.archive import Archive
from index.storage.ingest import ingest


@pytest.fixture(scope="module")
def desks() -> dict[str, Article]:
    return {one.id: one for one in read_all([DESKS])}


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("quarry.copy.translated-and-back", True),
        ("gale.copy.retold-by-a-machine", True),
        ("gale.apart.own-report-with-all-figures", False),
        ("recall.apart.consumer-page-with-all-figures", False),
        ("bank.apart.the-November-meeting-with-background", False),
    ],
)
def test_a_text_told_again_has_its_sentences_and_figures(
    name: str, again: bool, desks: dict[str, Article]
) -> None:
    wire = desks[f"{name.partition('.')[0]}.wire"]
    pair = in_order(Telling(wire), Telling(desks[name]))
    assert (relation(*pair) == "copy") is again
    assert (relation(*reversed(pair)) == "copy") is again


def test_told_again_within_two_days_is_a_copy_and_years_later_is_none(
    desks: dict[str, Article], encoder: Encoder, tmp_path: Path
) -> None:
    wire, retold = desks["gale.wire"], desks["gale.copy.retold-by-a-machine"]
    later = replace(retold, id="later", body=retold.body.replace("Monday", "Friday"), published="2024-02-01")
    undated = replace(retold, id="undated", body=retold.body.replace("Monday", "Sunday"), published=None)
    for name, others in (("soon", [retold]), ("later", [later]), ("undated", [undated])):
        with Archive.open(tmp_path / name, encoder, write=True) as archive:
            ingest(archive, encoder, [Found(one, one.id, ()) for one in (wire, *others)])
            assert bool(archive.copies_of("gale.wire")) is (name == "soon")
