"""A teller and a bot in a process of its own, for killing: `follow_child.py HOME ADDRESS`.

The archive holds as many articles as the file HOME/moves says, each of an outlet of its own. HOME/ready is
made when it has begun.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from fake_telegram import TOKEN
from follow_parts import FollowedLibrary
from http_fakes import FakeAsker
from pydantic import SecretStr

from bot.answers.answer import Answer, Sentence
from bot.answers.asked import Asked
from bot.answers.citation import cite
from bot.follows.book import FollowBook
from bot.follows.database import open_follows
from bot.follows.outbox import Outbox
from bot.follows.settings import FollowSettings
from bot.follows.teller import Teller
from bot.telegram.run import running
from bot.telegram.settings import TelegramSettings
from index.fetching.limits import FetchSettings
from index.fetching.post import Poster
from index.records import Article, Hit, Span


def numbered(number: int) -> Article:
    body = f"It reopened, outlet {number} wrote."
    return Article(id=f"a{number}", title=f"Harbour {number}", body=body, outlet=f"Outlet-{number}")


class MovingLibrary(FollowedLibrary):
    """What the file says, whenever it is looked at."""

    def __init__(self, moves: Path) -> None:
        super().__init__(numbered(0))
        self.file = moves

    def position(self) -> str:
        for number in range(int(self.file.read_text() or "0") + 1):
            self.stored.setdefault(f"a{number}", numbered(number))
        return str(len(self.stored))


class QuotingAll(FakeAsker):
    """Quotes every article, the newest first."""

    async def ask(self, question: Asked) -> Answer:
        shelf = list(self.library.stored.values())[::-1]
        cited = tuple(cite(one, Span(0, len(one.body)), number=n) for n, one in enumerate(shelf, start=1))
        return Answer(
            question.text, tuple(Sentence(one.quote, (one.number,), "quoted") for one in cited), cited
        )

    async def search(self, asked: Asked, *, limit: int) -> Sequence[Hit]:
        return []


class Impatient(Outbox):
    """Tries again at once what is to be tried again later: a soak has no three days."""

    def failed(self, dispatch, fault, *, due, now):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        super().failed(dispatch, fault, due=now, now=now)


async def main(home: Path, address: str) -> None:
    told, library = asyncio.Event(), MovingLibrary(home / "moves")
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    asker = QuotingAll(library)
    hosts = {one.request.webhook.removeprefix("http://") for one in follows(home) if one.request.webhook}
    settings = TelegramSettings(token=SecretStr(TOKEN), api=address, examples=("Who?",), changes_every=0)
    with closing(open_follows(home)) as file:
        teller = Teller(
            asker,
            library,
            book=FollowBook(file),
            outbox=Impatient(file),
            poster=Poster(FetchSettings(hosts=frozenset(hosts))),
            settings=FollowSettings(every=0),
        )
        async with running(asker, library, settings, home=home, note=print):
            (home / "ready").touch()
            while not told.is_set():
                await teller.turn()
                await asyncio.sleep(0.05)


def follows(home: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201
    with closing(open_follows(home)) as file:
        return FollowBook(file).all()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
