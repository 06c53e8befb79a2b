"""What an archive hands out about what it stores: matches, stored passages, its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from index.records import Article, Passage
from index.stems import Stems

Outcome = Literal["added", "updated", "unchanged"]
IndexState = Literal["none", "building", "ready", "damaged"]


@dataclass(frozen=True)
class StoredIdentity:
    """The encoder that an archive was made by, and the layout that its tables have (see `schema`)."""

    name: str
    fingerprint: str
    dimensions: int
    layout: int = 1

    @property
    def precision(self) -> Literal["int8", "float32"] | None:
        """What it ran in, which its fingerprint ends with; None where that says nothing of it."""
        for precision in ("int8", "float32"):
            if self.fingerprint.endswith(f"-{precision}"):
                return precision
        return None


class Match(NamedTuple):
    """A passage found, by its sequence number; `score` is a cosine or a BM25 score, higher is better."""

    seq: int
    score: float


class Cited(NamedTuple):
    """A place that an answer quoted: `body[start:end]` of one revision of one article."""

    article: str
    revision: str
    start: int
    end: int


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its article. Articles of one `origin` are copies of one text.

    `stems` are those of the article's body; None in an archive last written to before they were kept.
    """

    seq: int
    passage: Passage
    article: Article
    origin: str
    stems: Stems | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class StoredBody:
    """An article with the body of one of its revisions; `current`: the one that it has now.

    Articles of one `origin` are copies of one text.
    """

    article: Article
    origin: str
    current: bool


@dataclass(frozen=True)
class StoredRevision:
    """A version of an article's body: the sha256 of it, when it was added and superseded, UTC."""

    revision: str
    added_at: str
    superseded_at: str | None


@dataclass(frozen=True)
class StoryArticle:
    """An article of a story that was told on; `retracts`: it takes back what an earlier one said."""

    article: Article
    retracts: bool = False


@dataclass(frozen=True)
class ArticleCounts:
    """How many articles there are by outlet, most first, and by month ("2020-10"), the newest first.

    `unplaced` is of no single month: undated, or dated by its year alone.
    """

    outlets: tuple[tuple[str | None, int], ...]
    months: tuple[tuple[str, int], ...]
    unplaced: int


@dataclass(frozen=True)
class IndexHealth:
    """The nearest-neighbour index: it holds `indexed` vectors; `tail` passages are newer than it."""

    state: IndexState
    indexed: int
    tail: int
    reason: str | None = None


@dataclass(frozen=True)
class ReplicaLag:
    """A replica that follows the database: how far it is behind, in bytes of log, and in seconds if known.

    `fault` says why it cannot be read from, where it cannot.
    """

    name: str
    bytes: int | None
    seconds: float | None
    fault: str | None = None


@dataclass(frozen=True)
class EngineState:
    """What keeps an archive; `replicas` are those that this server knows of."""

    name: Literal["sqlite", "postgresql"]
    version: str
    bytes: int
    replicas: tuple[ReplicaLag, ...] = ()


@dataclass(frozen=True)
class ArchiveStatus:
    """What is in an archive. `outlets` are (outlet, articles), most articles first; dates are UTC.

    `earliest` and `latest` are of the articles with a date of publication, `undated` counts those without.
    `copies` are the articles beyond the first of their origin. `revisions` counts superseded bodies too.
    `bytes` is what it takes on disk. `unrelated` are articles of an earlier Dateline that are not compared
    with the others as now.
    """

    articles: int
    passages: int
    revisions: int
    origins: int
    copies: int
    undated: int
    earliest: str | None
    latest: str | None
    outlets: tuple[tuple[str | None, int], ...]
    questions: int
    bytes: int
    encoder: StoredIdentity
    index: IndexHealth
    engine: EngineState
    unrelated: int = 0

    @property
    def health(self) -> str:
        """`ok`, or what is wrong with the index; questions are answered without it."""
        return f"searching exactly: {self.index.reason}" if self.index.state == "damaged" else "ok"
