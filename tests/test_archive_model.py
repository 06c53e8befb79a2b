"""An archive against a dictionary: whatever is done to it, in any order, both know the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import numpy as np
import pytest
from archive_fakes import HashedWords, faults, invented, mark, put, vectors_for
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from index.records import Article, Filters
from index.split import split
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome

if TYPE_CHECKING:
    from postgres_server import PostgresServer

NUMBERS = st.integers(0, 5)
OUTLETS = st.sampled_from(["Harbour Post", "Tull Courier", None])


class ArchiveModel(RuleBasedStateMachine):
    """`model` is what should be there; `reader` stays open all along, the writer comes and goes."""

    def __init__(self, home: ArchiveHome) -> None:
        super().__init__()
        self.home = home
        self.encoder = HashedWords()
        self.writer = Archive.open(self.home, self.encoder, write=True)
        self.reader = Archive.open(self.home, self.encoder)
        self.model: dict[str, Article] = {}
        self.bodies: dict[tuple[str, str], str] = {}

    def teardown(self) -> None:
        self.reader.close()
        self.writer.close()
        assert faults(self.home) == []
        if isinstance(self.home, Path):
            shutil.rmtree(self.home)

    @rule(number=NUMBERS, edition=st.integers(0, 2), outlet=OUTLETS)
    def add(self, number: int, edition: int, outlet: str | None) -> None:
        article = replace(invented(number, sentences=3 + edition, edition=edition), outlet=outlet)
        before = self.model.get(article.id)
        outcome = put(self.writer, article, self.encoder)
        assert outcome == ("added" if before is None else "unchanged" if before == article else "updated")
        self._remember(article)

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=4), fails=st.booleans())
    def add_a_batch(self, numbers: list[int], fails: bool) -> None:
        articles = [invented(number, sentences=2) for number in numbers]
        try:
            with self.writer.batch():
                for article in articles:
                    put(self.writer, article, self.encoder)
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return
        for article in articles:
            self._remember(article)

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        name = f"a{number}"
        if name in self.model:
            self.writer.remove(name)
            del self.model[name]
            self.bodies = {key: body for key, body in self.bodies.items() if key[0] != name}

    @rule()
    def open_again(self) -> None:
        self.writer.close()
        self.writer = Archive.open(self.home, self.encoder, write=True)

    @invariant()
    def both_know_the_same_articles(self) -> None:
        assert {article.id: article for article in self.reader.articles()} == self.model
        for (name, revision), body in self.bodies.items():
            assert self.reader.article(name, revision=revision).body == body
        for number in range(6):
            present = f"a{number}" in self.model
            assert self.reader.passage_counts([mark(number)]) == {mark(number): int(present)}

    @invariant()
    def both_find_the_same_passages(self) -> None:
        for filters in (Filters(), Filters(outlet=("tull courier",))):
            passages = [
                (article, passage)
                for article in self.model.values()
                if not filters or article.outlet == "Tull Courier"
                for passage in split(article, self.encoder)
            ]
            query = self.encoder.encode(["the granary of Tull was sold"])[0]
            scores = sorted(
                (
                    float(vectors_for(article, [passage], self.encoder)[0] @ query)
                    for article, passage in passages
                ),
                reverse=True,
            )
            matches = self.reader.search_vectors(query, limit=8, filters=filters)
            assert np.allclose([match.score for match in matches], scores[:8], atol=1e-5)
            found = self.reader.passages([match.seq for match in matches])
            assert {one.passage for one in found} <= {passage for _, passage in passages}

    def _remember(self, article: Article) -> None:
        self.model[article.id] = article
        self.bodies[article.id, article.revision] = article.body


MANY = settings(max_examples=15, stateful_step_count=15, deadline=None)


def test_over_sqlite() -> None:
    run_state_machine_as_test(lambda: ArchiveModel(Path(mkdtemp())), settings=MANY)


@pytest.mark.soak  # last run: 15 sequences of 15 steps, 124 s at a load of 17 on two cores
def test_over_postgresql(postgres: PostgresServer) -> None:
    run_state_machine_as_test(lambda: ArchiveModel(postgres.address(postgres.database())), settings=MANY)
