"""The soak: a bot killed twenty times while a thousand questions come in and Telegram is at its worst."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fake_telegram import DropsConnection, FakeTelegram, serving
from shifted_clock import DAY, YEAR, ShiftedClock, shifted_clock
from telegram_rules import Json, Refused

from bot.telegram.updates.database import open_database
from bot.telegram.updates.inbox import Inbox

UPDATES, KILLS = 1000, 20
PEOPLE = [*range(1, 46)]
GROUPS = [-number for number in range(1001, 1021)]
MOVING = GROUPS[:10]
BLOCKED = {41, 42}
JUMPS = (0, 3600, -3600, DAY, -DAY, 30 * DAY, YEAR, -YEAR)  # seconds off the machine's clock
MOST_SECONDS = 420


@dataclass
class Weather:
    """Telegram at its worst: of a hundred calls two fail, of four hundred one is too many."""

    chance: random.Random
    seen: Counter[int] = field(default_factory=Counter)

    def before(self, method: str, given: dict[str, str]) -> None:
        fate = self.chance.random()
        if method == "getUpdates" and fate < 0.05:
            self._raise(Refused(409, "Conflict: terminated by other getUpdates request"))
        if fate < 0.0025:
            self._raise(Refused(429, "Too Many Requests: retry after 1", retry_after=1))
        if fate < 0.02:
            self._raise(Refused(self.chance.choice([500, 502, 504]), "Bad Gateway"))
        if given.get("chat_id") in map(str, BLOCKED):
            self.seen[403] += 1

    def after(self, method: str, given: dict[str, str]) -> None:
        """Now and then a message arrives, and the news of it does not."""
        if method == "sendMessage" and self.chance.random() < 0.001:
            self.seen[0] += 1
            raise DropsConnection

    def _raise(self, error: Refused) -> None:
        self.seen[error.code] += 1
        raise error


@dataclass
class Forgetful(FakeTelegram):
    """Telegram that now and then sends what it has sent before, and was told to forget, again."""

    sent: dict[int, Json] = field(default_factory=dict)
    repeated: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(6))

    def _getUpdates(self, given: dict[str, str]) -> object:  # noqa: N802
        updates = super()._getUpdates(given)
        assert isinstance(updates, list)
        again = self.chance.sample(sorted(self.sent)[-50:], min(3, len(self.sent)))
        again = again if self.chance.random() < 0.3 else []
        self.repeated += len(again)
        self.sent |= {int(str(one["update_id"])): one for one in updates}
        return [*(self.sent[number] for number in again), *updates]


@pytest.mark.soak
@pytest.mark.parametrize("way", ["drafts", "edits", "clock"])
def test_kills_lose_no_question_and_answer_hardly_any_twice(
    tmp_path: Path, figure: Callable[[str], None], many: Callable[[int], int], way: str
) -> None:
    chance = random.Random(4)
    weather = Weather(random.Random(5))
    telegram = Forgetful(fault=weather.before, lost=weather.after)
    telegram.unsupported = {"sendMessageDraft"} if way == "edits" else set()
    clock = shifted_clock(tmp_path) if way == "clock" else None
    telegram.blocked = set(BLOCKED)
    asked: dict[int, int] = {}
    with serving(telegram) as address:
        child = start(tmp_path, address, clock)
        asking = threading.Thread(target=ask, args=(telegram, asked, chance, many(UPDATES)))
        asking.start()
        kills, jumps = 0, 0
        while kills < many(KILLS):
            time.sleep(chance.uniform(0.8, 3.0))
            if clock:
                clock.set(chance.choice(JUMPS))
                jumps += 1
                time.sleep(chance.uniform(0.0, 1.0))
            child.kill()
            child.wait()
            kills += 1
            child = start(tmp_path, address, clock)
        asking.join()
        wait_for_all(telegram, asked)
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 0
    answered = Counter(found for said in telegram.said if said.rows for found in numbers(said.text))
    reachable = [number for number, chat in asked.items() if chat not in BLOCKED]
    lost = [number for number in reachable if not answered[number]]
    twice = [number for number in reachable if answered[number] > 1]
    figure(
        f"{way}: {len(asked)} updates, {telegram.repeated} sent again, {kills} kills, {jumps} jumps of the "
        f"clock, {len(telegram.moved)} groups moved, answers with 429/5xx/403/409/lost: "
        f"{dict(weather.seen)}; lost {len(lost)}, answered twice {len(twice)}"
    )
    assert still_waiting(tmp_path) == 0
    assert telegram.violations == []
    assert (len(asked), kills) == (many(UPDATES), many(KILLS))
    assert lost == []
    # Days later, as the clock has it, an update that comes again is taken for another one of that number.
    assert len(twice) <= many(UPDATES) // 100 or clock


def start(home: Path, address: str, clock: ShiftedClock | None = None) -> subprocess.Popen[bytes]:
    here = Path(__file__).parent
    log = (home / "log").open("ab")
    with log:
        return subprocess.Popen(
            [sys.executable, str(here / "telegram_child.py"), str(home), address],
            env={**os.environ, "PYTHONPATH": f"{here.parent}:{here}", **(clock.environment if clock else {})},
            stdout=log,
            stderr=log,
        )


def ask(telegram: FakeTelegram, asked: dict[int, int], chance: random.Random, updates: int) -> None:
    """Questions from people and groups, over about a minute; meanwhile groups become supergroups."""
    for number in range(updates):
        private = chance.random() < 0.8
        chat = chance.choice(PEOPLE if private else GROUPS)
        if chance.random() < 2 * len(MOVING) / updates and len(telegram.moved) < len(MOVING):
            old = MOVING[len(telegram.moved)]
            telegram.moved[old] = old - 1_000_000
            telegram.says("", chat=old, migrate_to_chat_id=old - 1_000_000)
        if chance.random() < 0.5:  # others were asked before the move, and are answered after it
            chat = telegram.moved.get(chat, chat)
        telegram.says(
            f"{'' if private else '/ask '}When did harbour n{number}n reopen?", chat=chat, person=abs(chat)
        )
        asked[number] = chat
        time.sleep(chance.uniform(0.0, 0.12))


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"harbour n(\d+)n", text)]


def wait_for_all(telegram: FakeTelegram, asked: dict[int, int]) -> None:
    """Until every question that can be answered is, or nothing has come for half a minute."""
    end = time.monotonic() + MOST_SECONDS
    last, since = 0, time.monotonic()
    while time.monotonic() < end:
        answered = {found for said in telegram.said if said.rows for found in numbers(said.text)}
        if all(number in answered or chat in BLOCKED for number, chat in asked.items()):
            time.sleep(2.0)
            return
        if len(telegram.said) != last:
            last, since = len(telegram.said), time.monotonic()
        if time.monotonic() - since > 40:
            return
        time.sleep(0.25)


def still_waiting(home: Path) -> int:
    database = open_database(home)
    try:
        return len(Inbox(database).waiting())
    finally:
        database.close()
