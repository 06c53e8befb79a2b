"""What Telegram has not taken yet when an article is removed: its words are in no file and are not sent."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_telegram import FakeTelegram
from http_fakes import HARBOUR, wait_until
from telegram_parts import QUESTION, Chat, chatting
from telegram_rules import Refused
from test_telegram_changes import EVERY, NEW, OLD, answered, corrected, edit
from test_telegram_faults import states

from bot.telegram.updates.database import LAYOUT
from index.storage.beside import forget_beside

ALIKE = ("at noon on Monday", "at nine on Friday")  # so that the fake asker's places hold


class Down:
    """Telegram takes no message while it is down."""

    def __init__(self) -> None:
        self.is_down = True

    def __call__(self, method: str, given: dict[str, str]) -> None:
        if self.is_down and method in {"sendMessage", "editMessageText"}:
            raise Refused(502, "Bad Gateway")


@pytest.fixture
def down() -> Down:
    return Down()


@pytest.fixture
def chat(tmp_path: Path, down: Down) -> Iterator[Chat]:
    with chatting(tmp_path, telegram=FakeTelegram(fault=down), settings=EVERY) as running:
        yield running


def holds(home: Path, words: str) -> Callable[[], bool]:
    """Looked for by another process: one that closes a file of SQLite's gives up its own locks on it."""
    look = f"grep -qaF -- {shlex.quote(words)} {shlex.quote(str(home / LAYOUT.file_name))}*"
    return lambda: subprocess.run(["sh", "-c", look], check=False, stderr=subprocess.DEVNULL).returncode == 0


def test_an_answer_on_its_way_is_worked_out_again_from_what_is_left(chat: Chat, down: Down) -> None:
    gone, left = ALIKE
    chat.telegram.says(QUESTION)
    assert wait_until(lambda: states(chat.home) == ["sending"], seconds=5)
    assert wait_until(holds(chat.home, gone), seconds=5)
    chat.library.stored[HARBOUR.id] = replace(HARBOUR, body=HARBOUR.body.replace(gone, left))
    forget_beside(chat.home, [HARBOUR.id])
    assert wait_until(lambda: not holds(chat.home, gone)(), seconds=5)
    down.is_down = False
    (said,) = chat.telegram.wait_for(1, seconds=15)
    assert left in said.text and gone not in said.text
    assert wait_until(lambda: states(chat.home) == ["done"], seconds=5)


def test_a_notice_on_its_way_that_names_it_is_dropped_and_the_removal_told(chat: Chat, down: Down) -> None:
    down.is_down = False
    answered(chat)
    down.is_down = True
    edit(chat.library, corrected())
    assert wait_until(holds(chat.home, OLD), seconds=5)
    forget_beside(chat.home, ["another"])
    assert holds(chat.home, NEW)() and states(chat.home) == ["done", "sending"]
    del chat.library.stored[HARBOUR.id]
    forget_beside(chat.home, [HARBOUR.id])
    assert wait_until(lambda: not holds(chat.home, OLD)() and not holds(chat.home, NEW)(), seconds=5)
    down.is_down = False
    told = chat.telegram.wait_for(2, seconds=15)[-1]
    assert "no longer in the archive" in told.text and OLD not in told.text
