"""Whatever moment a teller is killed at: nothing that is new is lost, and nothing is told twice."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fake_telegram import FakeTelegram
from fake_telegram import serving as serving_telegram
from follow_parts import HOOK, LATER, NOON, QUESTION, FollowedLibrary, KeptHook
from hook_server import HookServer, serving_hook
from http_fakes import HARBOUR, RIVAL, FakeAsker

from bot.follows.book import HOME, FollowBook
from bot.follows.database import open_follows
from bot.follows.outbox import Outbox
from bot.follows.records import FollowRequest
from bot.follows.settings import FollowSettings
from bot.follows.teller import Teller
from bot.telegram.updates.database import open_database
from bot.telegram.updates.inbox import Inbox
from index.fetching.transport import Answered

KILLS, MOVES = 20, 40
FOLLOWED = 6
SEED = 12


class Killed(BaseException):
    """What ends a process that nobody asks."""


@dataclass
class Fate:
    """Kills at the n-th of the moments at which a teller looks at the clock or has just posted."""

    left: int
    at: datetime = NOON

    def now(self) -> datetime:
        self.pass_by()
        self.at += timedelta(seconds=7)  # what was on its way is due again
        return self.at

    def pass_by(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed


@dataclass
class MortalHook(KeptHook):
    """Keeps a message, then the teller may die before it hears that it was taken."""

    fate: Fate = field(default_factory=lambda: Fate(0))

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        answer = super().post(url, body, headers)
        self.fate.pass_by()
        return answer


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.soak)])
def test_a_kill_at_every_step_loses_nothing_and_tells_nothing_twice(tmp_path: Path, every: int) -> None:
    """The same three moves of an archive, killed once at an early step, once at a later one, …"""
    for step in range(1, 100, every):
        home, library, hook = tmp_path / str(step), FollowedLibrary(HARBOUR), MortalHook()
        hook.fate = Fate(step)
        with closing(open_follows(home)) as file:
            FollowBook(file).add(HOME, FollowRequest(QUESTION, webhook=HOOK), now=NOON)
        for new in ((), (RIVAL,), (LATER,)):
            library.take(*new)
            while not lived(home, library, hook):
                continue
        kinds = {one["id"]: (one["kind"], len(one["news"])) for one in tellings_of(hook)}
        assert list(kinds.values()) == [("begun", 1), ("news", 1), ("news", 1)]
        messages = {headers["webhook-id"]: json.loads(body)["data"] for _, body, headers in hook.got}
        assert len(messages) == 3  # one that came twice has the same id, by which its receiver knows it
        if hook.fate.left > 0:
            assert step > 10
            return
    raise AssertionError("the steps do not end")


def tellings_of(hook: KeptHook) -> list[dict[str, list[object]]]:
    return [one for _, body, _ in hook.got for one in json.loads(body)["data"]["tellings"]]


def lived(home: Path, library: FollowedLibrary, hook: MortalHook) -> bool:
    """Whether a teller that begins anew comes to the end of its turns."""
    with closing(open_follows(home)) as file:
        teller = Teller(
            FakeAsker(library),
            library,
            book=FollowBook(file),
            outbox=Outbox(file),
            poster=hook,
            settings=FollowSettings(),
            now=hook.fate.now,
        )
        try:
            for _ in range(2):
                asyncio.run(teller.turn(patient=False))
        except Killed:
            return False
    return True


def test_what_is_handed_to_the_bot_a_second_time_is_not_sent_again(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database:
        inbox = Inbox(database)
        first = inbox.say_once("7", [], bot=1, number=123)
        again = inbox.say_once("7", [], bot=1, number=123)
        other = inbox.say_once("7", [], bot=1, number=124)
    assert (first is None, again, other is None) == (False, None, False)


@pytest.mark.soak
def test_twenty_kills_lose_no_news_and_tell_none_twice(tmp_path: Path, figure: Callable[[str], None]) -> None:
    """A teller with its bot in a process of its own, an archive that moves, a webhook that fails."""
    chance = random.Random(SEED)
    server = HookServer(answer=lambda: chance.choices([204, 500, 429, None], [90, 4, 3, 3])[0])
    telegram = FakeTelegram()
    moves = tmp_path / "moves"
    moves.write_text("0")
    with serving_hook(server), serving_telegram(telegram) as address:
        with closing(open_follows(tmp_path)) as file:
            book = FollowBook(file)
            for number in range(FOLLOWED):
                question = f"{QUESTION} {number}"
                book.add(HOME, FollowRequest(question, webhook=server.address), now=datetime.now(UTC))
                room = str(7 + number)
                book.add(f"room {room}", FollowRequest(question, room=room), now=datetime.now(UTC))
                telegram.says("/id", chat=int(room), person=int(room))  # else the bot knows no such chat
        child = start(tmp_path, address)
        wait_for_all(server, telegram, 1)
        for kill in range(KILLS):
            moves.write_text(str((kill + 1) * MOVES // KILLS))
            time.sleep(chance.uniform(0.0, 1.5))
            child.kill()
            child.wait()
            child = start(tmp_path, address)
        expected = MOVES + 1
        wait_for_all(server, telegram, expected)
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 0
    ids = [one.headers["webhook-id"] for one in server.got]
    posted = {one.headers["webhook-id"]: json.loads(one.body)["data"] for one in server.got}
    origins = Counter(
        (data["follow"]["id"], item["now"]["article"]["id"])
        for data in posted.values()
        for telling in data["tellings"]
        for item in telling["news"]
    )
    said = Counter((one.chat, found) for one in telegram.said for found in articles_in(one.text))
    twice = sum(count - 1 for count in said.values())
    unsure = (tmp_path / "log").read_text().count("may have arrived before the restart")
    figure(
        f"{KILLS} kills, {MOVES} articles, {FOLLOWED} webhooks and chats: told {len(origins)} and {len(said)}"
        f" of {FOLLOWED * expected} each; twice {sum(origins.values()) - len(origins)} and {twice};"
        f" posted again under one id {len(ids) - len(set(ids))}, on the way to Telegram at a kill {unsure}"
    )
    assert telegram.violations == []
    assert len(origins) == len(said) == FOLLOWED * expected
    assert set(origins.values()) == {1}
    # The Bot API does not tell whether what was on its way at a kill arrived: only that comes twice.
    assert len({(one.chat, one.text) for one in telegram.said}) >= len(telegram.said) - unsure


def articles_in(text: str) -> set[str]:
    return {word.strip("“”.,") for word in text.split() if word.startswith("Outlet-")}


def wait_for_all(server: HookServer, telegram: FakeTelegram, expected: int) -> None:
    end = time.monotonic() + 240
    while time.monotonic() < end and not all_told(server, telegram, expected):
        time.sleep(0.5)


def all_told(server: HookServer, telegram: FakeTelegram, expected: int) -> bool:
    told = {
        (data["follow"]["id"], item["now"]["article"]["id"])
        for one in list(server.got)
        for data in [json.loads(one.body)["data"]]
        for telling in data["tellings"]
        for item in telling["news"]
    }
    said = {(one.chat, found) for one in list(telegram.said) for found in articles_in(one.text)}
    return len(told) >= FOLLOWED * expected and len(said) >= FOLLOWED * expected


def start(home: Path, address: str) -> subprocess.Popen[bytes]:
    here = Path(__file__).parent
    ready = home / "ready"
    ready.unlink(missing_ok=True)
    with (home / "log").open("ab") as log:
        child = subprocess.Popen(
            [sys.executable, str(here / "follow_child.py"), str(home), address],
            env={**os.environ, "PYTHONPATH": f"{here.parent}:{here}"},
            stdout=log,
            stderr=log,
        )
    while not ready.exists():  # a kill while it still begins would try nothing
        assert child.poll() is None, (home / "log").read_text()[-2000:]
        time.sleep(0.02)
    return child
