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
from telegram_rules import Refused

from bot.telegram.updates.database import Database
from bot.telegram.updates.inbox import Inbox

UPDATES, KILLS = 1000, 20
PEOPLE = [*range(1, 46)]
GROUPS = [-number for number in range(1001, 1021)]
BLOCKED = {41, 42}
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


@pytest.mark.soak
@pytest.mark.parametrize("drafts", [True, False], ids=["drafts", "edits"])
def test_kills_lose_no_question_and_answer_hardly_any_twice(
    tmp_path: Path, figure: Callable[[str], None], drafts: bool
) -> None:
    chance = random.Random(4)
    weather = Weather(random.Random(5))
    telegram = FakeTelegram(fault=weather.before, lost=weather.after)
    telegram.unsupported = set() if drafts else {"sendMessageDraft"}
    telegram.blocked = set(BLOCKED)
    asked: dict[int, int] = {}
    with serving(telegram) as address:
        child = start(tmp_path, address)
        asking = threading.Thread(target=ask, args=(telegram, asked, chance))
        asking.start()
        kills = 0
        while kills < KILLS:
            time.sleep(chance.uniform(0.8, 3.0))
            child.kill()
            child.wait()
            kills += 1
            child = start(tmp_path, address)
        asking.join()
        wait_for_all(telegram, asked)
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 0
    answered = Counter(found for said in telegram.said if said.rows for found in numbers(said.text))
    reachable = [number for number, chat in asked.items() if chat not in BLOCKED]
    lost = [number for number in reachable if not answered[number]]
    twice = [number for number in reachable if answered[number] > 1]
    figure(
        f"{len(asked)} updates, {kills} kills, answers with 429/5xx/403/409/lost: "
        f"{dict(weather.seen)}; lost {len(lost)}, answered twice {len(twice)}"
    )
    assert still_waiting(tmp_path) == 0
    assert telegram.violations == []
    assert (len(asked), kills) == (UPDATES, KILLS)
    assert lost == []
    assert len(twice) <= UPDATES // 100


def start(home: Path, address: str) -> subprocess.Popen[bytes]:
    here = Path(__file__).parent
    log = (home / "log").open("ab")
    with log:
        return subprocess.Popen(
            [sys.executable, str(here / "telegram_child.py"), str(home), address],
            env={**os.environ, "PYTHONPATH": f"{here.parent}:{here}"},
            stdout=log,
            stderr=log,
        )


def ask(telegram: FakeTelegram, asked: dict[int, int], chance: random.Random) -> None:
    """A thousand questions from people and groups, over about a minute."""
    for number in range(UPDATES):
        private = chance.random() < 0.8
        chat = chance.choice(PEOPLE if private else GROUPS)
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
    database = Database.open(home)
    try:
        return len(Inbox(database).waiting())
    finally:
        database.close()
