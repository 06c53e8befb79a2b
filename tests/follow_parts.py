"""Followed questions over the articles of `http_fakes`, a clock that is set, a webhook that keeps all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from http_fakes import HARBOUR, FakeAsker, FakeLibrary

from bot.follows.book import HOME, FollowBook
from bot.follows.database import open_follows
from bot.follows.outbox import Outbox
from bot.follows.records import Follow, FollowRequest
from bot.follows.settings import FollowSettings
from bot.follows.teller import Teller, TellerTurn
from index.fetching.transport import Answered
from index.records import Article

QUESTION = "Has it reopened?"
NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
HOOK = "https://hooks.example/news"
LATER = Article(
    id="northern-9",
    title="Ships are back",
    body="The harbour reopened on Monday evening, skippers told us. It was full by night.",
    outlet="Northern Desk",
    published="2020-10-21",
    language="en",
)
CHANGED = replace(
    HARBOUR, body=HARBOUR.body.replace("reopened at noon on Monday", "reopened at dusk on Sunday")
)


class FollowedLibrary(FakeLibrary):
    """A library that says when it has moved."""

    def __init__(self, *articles: Article) -> None:
        super().__init__(*articles)
        self.moves = 0

    def position(self) -> str:
        return str(self.moves)

    def take(self, *articles: Article) -> None:
        for one in articles:
            if one.id in self.stored:
                self.past.setdefault(one.id, []).insert(0, self.stored[one.id])
            self.stored[one.id] = one
        self.moves += 1

    def drop(self, article_id: str) -> None:
        self.remove(article_id)
        self.past.pop(article_id, None)
        self.moves += 1


@dataclass
class KeptHook:
    """A webhook that answers as it is told, and keeps what it was sent."""

    answers: list[Answered | Exception] = field(default_factory=list)
    got: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        self.got.append((url, body, headers))
        answer = self.answers.pop(0) if self.answers else Answered(204)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FollowParts:
    """What tells, with all that stands around it."""

    home: Path
    library: FollowedLibrary
    book: FollowBook
    outbox: Outbox
    hook: KeptHook
    teller: Teller
    asker: FakeAsker
    at: datetime = NOON
    seconds: float = 0.0

    def turn(self) -> TellerTurn:
        return asyncio.run(self.teller.turn(patient=False))

    def follow(self, question: str = QUESTION, *, owner: str = HOME, **more: object) -> Follow:
        request = FollowRequest(question, **more)  # type: ignore[arg-type]
        return self.book.add(owner, request, now=self.at).follow

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)


@contextmanager
def following(
    home: Path, *articles: Article, settings: FollowSettings | None = None
) -> Iterator[FollowParts]:
    """Follows in a home whose archive holds these articles, or those of `http_fakes`."""
    library, hook = FollowedLibrary(*(articles or (HARBOUR,))), KeptHook()
    asker = FakeAsker(library)
    settings = settings or FollowSettings()
    with closing(open_follows(home)) as file:
        book, outbox = FollowBook(file, settings), Outbox(file)
        parts: list[FollowParts] = []
        now: Callable[[], datetime] = lambda: parts[0].at  # noqa: E731
        teller = Teller(
            asker,
            library,
            book=book,
            outbox=outbox,
            poster=hook,
            settings=settings,
            now=now,
            clock=lambda: parts[0].seconds,
        )
        parts.append(FollowParts(home, library, book, outbox, hook, teller, asker))
        yield parts[0]


def kinds(turn: TellerTurn) -> list[tuple[str, Sequence[str]]]:
    """What a turn told: each telling's kind with those of its news."""
    return [(one.telling.kind, [item.kind for item in one.items]) for one in turn.told]
