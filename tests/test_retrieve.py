from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.articles.draft import Found
from index.articles.read import read_paths
from index.encoding.encoder import Encoder
from index.errors import BadFilter
from index.records import Article, Filters, Hit
from index.retrieval.retrieve import Retriever
from index.split import passage_input, split
from index.storage.archive import Archive
from index.storage.ingest import ingest
from index.storage.records import StoredPassage

SEEDS = Path(__file__).parents[1] / "seeds"
MONITORING = "What did Lavrov say about monitoring the ceasefire?"


@pytest.fixture(scope="module")
def seeds(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = tmp_path_factory.mktemp("seeds")
    with Archive.open(home, encoder, write=True) as archive:
        ingest(archive, encoder, read_paths([SEEDS]))
        yield archive


@pytest.fixture
def retriever(seeds: Archive, encoder: Encoder) -> Retriever:
    return Retriever(seeds, encoder)


def stories(archive: Archive, encoder: Encoder, articles: list[Article]) -> Retriever:
    ingest(archive, encoder, [Found(article, "test") for article in articles])
    return Retriever(archive, encoder, depth=10)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


def test_the_article_that_answers_is_first_and_its_copy_is_kept_beside_it(retriever: Retriever) -> None:
    first = retriever.retrieve(MONITORING)[0]

    wire_and_gazette = {first.article.id, *(copy.id for copy in first.copies)}
    assert wire_and_gazette == {"lavrov-monitoring-wire", "lavrov-monitoring-gazette"}


def test_no_two_hits_are_of_two_articles_of_one_origin(retriever: Retriever) -> None:
    found = set(ids(retriever.retrieve(MONITORING)))

    assert len(found & {"lavrov-monitoring-wire", "lavrov-monitoring-gazette"}) == 1


def test_hits_are_best_first_and_as_many_as_asked_for(retriever: Retriever) -> None:
    hits = retriever.retrieve(MONITORING, limit=5)

    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(hits) == 5
    assert retriever.retrieve(MONITORING, limit=0) == []


def test_each_hit_says_why_it_is_there(retriever: Retriever, seeds: Archive, encoder: Encoder) -> None:
    (vector,) = encoder.encode([MONITORING])
    near = seeds.passages([match.seq for match in seeds.search_vectors(vector, limit=50)])
    worded = seeds.search_words(["lavrov", "say", "monitoring", "ceasefire"], limit=50, title_weight=2.0)
    by_words = seeds.passages([match.seq for match in worded])
    for hit in retriever.retrieve(MONITORING):
        assert hit.dense_rank is not None
        found = near[hit.dense_rank - 1]
        assert found.passage == hit.passage or found.article in hit.copies, "a copy is shown as first printed"
        assert hit.dense == pytest.approx(float(encoder.encode([_input(found)])[0] @ vector), abs=0.02)
        if hit.bm25_rank is None:
            assert hit.bm25 is None and found.passage not in [one.passage for one in by_words]
        else:
            assert by_words[hit.bm25_rank - 1].passage == found.passage
            assert hit.bm25 == worded[hit.bm25_rank - 1].score > 0


def _input(found: StoredPassage) -> str:
    return passage_input(found.article, found.passage.text)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(outlet=("harbour gazette",)), {"Harbour Gazette"}),
        (Filters(outlet=("Nobody's News",)), set()),
        (Filters(as_of="1990-01-01"), set()),
    ],
)
def test_only_what_passes_the_filters_is_found(
    retriever: Retriever, filters: Filters, expected: set[str]
) -> None:
    hits = retriever.retrieve(MONITORING, filters=filters)

    assert {hit.article.outlet for hit in hits} == expected
    assert {copy.outlet for hit in hits for copy in hit.copies} <= expected


def test_a_filter_that_is_none_is_refused(retriever: Retriever) -> None:
    with pytest.raises(BadFilter):
        retriever.retrieve(MONITORING, filters=Filters(since="yesterday"))


@pytest.mark.parametrize(
    "question",
    ["What did Lavrof say on monitering the cease-fire?", "Lavrov's statements on monitors of ceasefires"],
)
def test_typos_and_other_forms_find_the_same(retriever: Retriever, question: str) -> None:
    assert {"lavrov-monitoring-wire", "lavrov-monitoring-gazette"} & set(
        ids(retriever.retrieve(question, limit=2))
    )


def test_a_question_of_unknown_words_is_answered_by_meaning(retriever: Retriever) -> None:
    hits = retriever.retrieve("Kremlin diplomat urging armistice observers?")

    assert hits and all(hit.dense is not None for hit in hits)


def test_an_empty_archive_has_no_hits(encoder: Encoder, tmp_path: Path) -> None:
    with Archive.open(tmp_path, encoder, write=True) as archive:
        assert Retriever(archive, encoder).retrieve(MONITORING) == []


def test_a_story_that_many_outlets_printed_does_not_hide_the_others(encoder: Encoder, tmp_path: Path) -> None:
    wire = Article("wire", "Ferry of Velmora", "The ferry of Velmora sank. Nobody was hurt in Velmora.")
    copies = [replace(wire, id=f"copy-{n}", outlet=f"Outlet {n}") for n in range(40)]
    others = [Article("desk", "Ferry inquiry", "An inquiry asks why the ferry of Velmora sank on Monday.")]
    with Archive.open(tmp_path, encoder, write=True) as archive:
        retriever = stories(archive, encoder, [wire, *copies, *others])
        hits = retriever.retrieve("Why did the ferry of Velmora sink?", limit=5)

    assert len(hits) == 2
    assert sorted(len(hit.copies) for hit in hits) == [0, 40]


def test_an_article_that_speaks_of_all_of_it_comes_before_one_that_has_a_like_passage(
    encoder: Encoder, tmp_path: Path
) -> None:
    same = "The minister resigned on Tuesday after a vote in parliament."
    articles = [
        Article(town, "Resignation", f"{town} has had three governments. {town} votes in May.\n\n{same}")
        for town in ("Kirdal", "Ostrana")
    ]
    with Archive.open(tmp_path, encoder, write=True) as archive:
        for article in articles:
            passages = split(article, encoder, target_tokens=12)
            archive.add(article, passages, encoder.encode([passage_input(article, p.text) for p in passages]))
        hits = Retriever(archive, encoder).retrieve("When did the minister of Ostrana resign?")

    resigned = [hit.article.id for hit in hits if hit.passage.text == same]
    assert resigned == ["Ostrana", "Kirdal"]


@pytest.mark.parametrize(
    ("asked_on", "first"),
    [("2021-03-09", "march"), ("2022-03-08", "next-year"), ("2020-01-01", None), (None, None)],
)
def test_of_articles_that_are_alike_the_recent_one_comes_first(
    asked_on: str | None, first: str | None, tmp_path: Path, encoder: Encoder
) -> None:
    text = "The city council of Tolm voted on the harbour budget, {} to {}. The mayor called it a {} day."
    alike = [
        Article("march", "Tolm votes on its budget", text.format(12, 9, "good"), published="2021-03-08"),
        Article("next-year", "Tolm votes on its budget", text.format(14, 7, "long"), published="2022-03-07"),
    ]
    with Archive.open(tmp_path, encoder, write=True) as archive:
        retriever = stories(archive, encoder, alike)
        asked = "How did the council of Tolm vote on the harbour budget?"
        day = date.fromisoformat(asked_on) if asked_on else None
        found = ids(retriever.retrieve(asked, asked_on=day))
        assert found[0] == (first or ids(retriever.retrieve(asked))[0])
