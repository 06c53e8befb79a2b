"""A group that Telegram makes a supergroup of has another number; what it had goes along."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from fake_telegram import FakeTelegram
from http_fakes import wait_until
from settings_fakes import fixed
from telegram_parts import QUESTION, Chat, chatting

from bot.telegram.chat.members import Members
from bot.telegram.chat.moves import Moves
from bot.telegram.chat.rooms import Rooms
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.database import open_database
from bot.telegram.updates.events import Room
from index.records import Filters

OLD, NEW, ADMIN = -5, -1005, 99
PAIRING = TelegramSettings(access="pairing", admins=(ADMIN,))


def told_in_the_group(telegram: FakeTelegram) -> None:
    telegram.moved[OLD] = NEW
    telegram.says("", chat=OLD, migrate_to_chat_id=NEW)


def told_in_the_supergroup(telegram: FakeTelegram) -> None:
    telegram.moved[OLD] = NEW
    telegram.says("", chat=NEW, migrate_from_chat_id=OLD)


def told_in_both(telegram: FakeTelegram) -> None:
    told_in_the_supergroup(telegram)
    told_in_the_group(telegram)


def told_when_something_is_sent(telegram: FakeTelegram) -> None:
    telegram.moved[OLD] = NEW
    telegram.says("/id", chat=OLD)
    telegram.wait_for(1, chat=NEW)


WAYS = [told_in_the_group, told_in_the_supergroup, told_in_both, told_when_something_is_sent]
Way = Callable[[FakeTelegram], None]


def said(chat: Chat, text: str, *, room: int, person: int = 7) -> str:
    """What the bot answers in a room."""
    before = len([one for one in chat.telegram.said if one.chat == room])
    chat.telegram.says(text, chat=room, person=person)
    return chat.telegram.wait_for(before + 1, chat=room)[-1].text


@pytest.mark.parametrize("way", WAYS)
def test_approval_filters_history_and_notices_go_along(tmp_path: Path, way: Way) -> None:
    with chatting(tmp_path, settings=PAIRING) as chat:
        code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", said(chat, "/ask Who?", room=OLD))
        assert code
        said(chat, f"/approve {code[0]}", room=ADMIN, person=ADMIN)
        said(chat, "/outlet Morning Rival", room=OLD)
        said(chat, "/changes on", room=OLD)
        said(chat, f"/ask {QUESTION}", room=OLD)
        way(chat.telegram)
        answer = said(chat, "/ask Which cranes were lost?", room=NEW)
        assert "Three cranes were lost." in answer
        assert "(Only articles from Morning Rival.)" in answer
        assert chat.asker.history[-1] == (QUESTION,)
        with closing(open_database(tmp_path)) as database:
            assert Rooms(database, history=1).tells_changes(f"{NEW}")
            assert [one.id for one in Members(database).all()] == [NEW]


def test_a_group_that_the_settings_allow_stays_allowed_also_after_a_restart(tmp_path: Path) -> None:
    settings = TelegramSettings(access="allowed", allowed=(OLD,))
    with chatting(tmp_path, settings=settings) as chat:
        said(chat, f"/ask {QUESTION}", room=OLD)
        told_in_the_group(chat.telegram)
        assert "The harbour reopened" in said(chat, f"/ask {QUESTION}", room=NEW)
        telegram = chat.telegram
    with chatting(tmp_path, telegram=telegram, settings=settings) as chat:
        assert "The harbour reopened" in said(chat, f"/ask {QUESTION}", room=NEW)
        assert "This bot is private" in said(chat, "/ask Who?", room=-77)


def test_a_code_that_was_told_in_the_group_lets_the_supergroup_in(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=PAIRING) as chat:
        code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", said(chat, "/ask Who?", room=OLD))
        assert code
        told_in_both(chat.telegram)
        said(chat, f"/approve {code[0]}", room=ADMIN, person=ADMIN)
        chat.telegram.wait_for(1, chat=NEW)  # the welcome
        assert "The harbour reopened" in said(chat, f"/ask {QUESTION}", room=NEW)


def test_questions_of_before_and_after_that_come_together_are_answered_there_in_order(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    telegram.says(f"/ask {QUESTION}", chat=OLD)
    told_in_both(telegram)
    telegram.says("/ask Which cranes were lost?", chat=NEW)
    with chatting(
        tmp_path, telegram=telegram, pause=0.05, settings=fixed(TelegramSettings, at_once=4)()
    ) as chat:
        first, second = telegram.wait_for(2)
        assert (first.chat, second.chat) == (NEW, NEW)
        assert first.to is None, "messages are counted anew: the number is another message's"
        assert second.to is not None
        assert chat.asker.history[-1] == (QUESTION,)


def test_a_button_of_before_is_answered_there(tmp_path: Path) -> None:
    with chatting(tmp_path) as chat:
        chat.telegram.says(f"/ask {QUESTION}", chat=OLD)
        (answer,) = chat.telegram.wait_for(1)
        told_in_the_group(chat.telegram)
        chat.telegram.presses(answer, "side by side")
        assert chat.telegram.wait_for(1, chat=NEW)[0].text.startswith("Outlets side by side")


def test_what_was_chosen_there_before_the_bot_knew_stays_and_the_rest_comes(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database:
        rooms, moves = Rooms(database, history=3), Moves(database)
        rooms.set_filters(f"{OLD}", Filters(outlet=("Rival",), since="2020-01-01", until="2020-12-31"))
        rooms.tell_changes(f"{OLD}", on=True)
        rooms.set_filters(f"{NEW}", Filters(since="2020-06-01"))
        assert moves.move(OLD, NEW)
        assert not moves.move(OLD, NEW)
        expected = Filters(outlet=("Rival",), since="2020-06-01", until="2020-12-31")
        assert rooms.filters(f"{NEW}") == expected
        assert rooms.tells_changes(f"{NEW}")
        assert rooms.filters(f"{OLD}") == Filters()
        assert Moves(database).current(Room(OLD)) == Room(NEW)


def test_a_message_about_the_move_is_answered_by_nobody(tmp_path: Path) -> None:
    with chatting(tmp_path) as chat:
        told_in_both(chat.telegram)
        assert "This chat: -1005." in said(chat, "/id", room=NEW)
        assert wait_until(lambda: not chat.telegram.pending, seconds=5)
        assert len(chat.telegram.said) == 1
