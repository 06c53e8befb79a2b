"""Who may ask, and how much."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from fake_telegram import Said
from http_fakes import wait_until
from telegram_parts import QUESTION, Chat, chatting

from bot.commands.telegram import telegram
from bot.settings import load_settings
from bot.telegram.chat.members import Members
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.database import LAYOUT, open_database
from index.errors import ArchiveMismatch, BadSetting

ADMIN, GROUP = 99, -1001
CODE = r"[A-Z2-9]{4}-[A-Z2-9]{4}"


def answer(chat: Chat, text: str, *, person: int = 7, room: int | None = None, number: int = 1) -> Said:
    chat.telegram.says(text, chat=room or person, person=person)
    return chat.telegram.wait_for(number, chat=room or person)[-1]


def test_an_allow_list_lets_in_users_and_groups_and_nobody_else(tmp_path: Path) -> None:
    settings = TelegramSettings(access="allowed", allowed=(7, GROUP), admins=(ADMIN,))
    with chatting(tmp_path, settings=settings) as chat:
        for person, room in ((7, 7), (8, GROUP), (7, -1002), (ADMIN, ADMIN)):
            assert "The harbour reopened" in answer(chat, f"/ask {QUESTION}", person=person, room=room).text
        assert (
            answer(chat, QUESTION, person=8).text
            == "This bot is private. Your number is 8, this chat's is 8."
        )
        assert len(chat.asker.asked) == 4


def test_a_stranger_is_told_once_and_gets_nothing_by_other_doors(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=TelegramSettings(access="allowed", allowed=(7,))) as chat:
        said = answer(chat, QUESTION)
        answer(chat, QUESTION, person=8)
        for _ in range(3):
            chat.telegram.says(QUESTION, chat=8, person=8)
        assert answer(chat, "/id", person=8, number=2).text == "You: 8. This chat: 8."
        query = chat.telegram.types(QUESTION, person=8)
        assert wait_until(lambda: query in chat.telegram.inline, seconds=5)
        assert chat.telegram.inline[query] == ([], "This bot is private")
        said.chat = 8  # the button of a message that was forwarded
        press = chat.telegram.presses(said, "[1]", person=8)
        assert wait_until(lambda: press in chat.telegram.notices, seconds=5)
        assert len(chat.asker.asked) == 1


def code_of(said: Said) -> str:
    found = re.search(CODE, said.text)
    assert found, said.text
    return found[0]


def test_a_code_that_an_admin_approves_lets_in(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=TelegramSettings(access="pairing", admins=(ADMIN,))) as chat:
        code = code_of(answer(chat, "/start"))
        assert code_of(answer(chat, "/start", number=2)) == code, "a stranger has one code"
        assert answer(chat, f"/approve {code}", number=3).text != "", "strangers approve nobody"
        assert answer(chat, "/approve XXXX-XXXX", person=ADMIN).text.startswith("There is no such code")
        assert answer(chat, f"/approve {code.lower()}", person=ADMIN, number=2).text == "Person 7 is in."
        assert chat.telegram.wait_for(4, chat=7)[-1].text.startswith("You are in.")
        assert "The harbour reopened" in answer(chat, QUESTION, number=5).text


def test_a_group_is_let_in_as_a_whole(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=TelegramSettings(access="pairing", admins=(ADMIN,))) as chat:
        code = code_of(answer(chat, "/start", room=GROUP))
        answer(chat, f"/approve {code}", person=ADMIN)
        chat.telegram.wait_for(2, chat=GROUP)
        assert "The harbour reopened" in answer(chat, f"/ask {QUESTION}", person=8, room=GROUP, number=3).text
        assert "private" in answer(chat, QUESTION, person=8).text


def test_a_budget_ends_at_so_many_questions_a_day_but_not_for_admins(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=TelegramSettings(per_user_day=2, admins=(ADMIN,))) as chat:
        for number in (1, 2):
            assert "The harbour reopened" in answer(chat, QUESTION, number=number).text
        assert "You have asked 2 questions today" in answer(chat, QUESTION, number=3).text
        assert "/help" not in answer(chat, "/sources", number=4).text
        for number in (1, 2, 3):
            assert "The harbour reopened" in answer(chat, QUESTION, person=ADMIN, number=number).text
        yesterday(chat.home)
        assert "The harbour reopened" in answer(chat, QUESTION, number=5).text


def test_everybody_together_has_a_budget_too(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=TelegramSettings(per_day=1)) as chat:
        answer(chat, QUESTION)
        assert "all the questions I may today" in answer(chat, QUESTION, person=8).text


def test_status_tells_admins_how_the_bot_is(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=TelegramSettings(admins=(ADMIN,))) as chat:
        answer(chat, QUESTION)
        told = answer(chat, "/status", person=ADMIN).text
        assert told.startswith("3 articles, ok\n0 waiting, 1 questions today, 1 people")
        assert "long polling" in told


@pytest.mark.parametrize(
    ("value", "admins"), [("99", (99,)), ("99, -1001", (99, -1001)), ("[99, 7]", (99, 7)), ("", ())]
)
def test_lists_can_be_given_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, admins: tuple[int, ...]
) -> None:
    monkeypatch.setenv("DATELINE_TELEGRAM__ADMINS", value)
    monkeypatch.setenv("DATELINE_TELEGRAM__EXAMPLES", '["Who came, and when?", "Who left?"]')
    settings = load_settings({"home": tmp_path}).telegram
    assert settings.admins == admins
    assert settings.examples == ("Who came, and when?", "Who left?")
    monkeypatch.setenv("DATELINE_TELEGRAM__ADMINS", "me")
    with pytest.raises(BadSetting, match=r"telegram\.admins"):
        load_settings({"home": tmp_path})


def test_a_code_runs_out_after_a_day(members: Members, tmp_path: Path) -> None:
    code = members.code_for(7, "Seven", language="en")
    with closing(sqlite3.connect(tmp_path / LAYOUT.file_name)) as connection, connection:
        connection.execute("UPDATE codes SET at = '2020-01-01T00:00:00'")
    assert members.codes() == []
    assert members.approve(code) is None


def test_who_was_let_in_can_be_put_out_by_the_command_line(members: Members, tmp_path: Path) -> None:
    code = members.code_for(7, "Seven", language="en")

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(telegram, list(arguments), obj={"home": tmp_path}, standalone_mode=False)
        return result.return_value or 0, result.output

    assert code in run("members")[1]
    assert run("approve", "XXXX-XXXX")[0] == 1
    assert run("approve", code) == (0, "7 Seven is in\n")
    assert members.has(7)
    assert '"Seven"' in run("members", "--json")[1]
    assert run("remove", "7") == (0, "removed 7\n")
    assert run("remove", "7")[0] == 1
    assert not members.has(7)


def test_without_a_token_the_command_says_where_to_get_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(telegram, [], obj={"home": tmp_path})
    assert isinstance(result.exception, BadSetting)
    assert "@BotFather" in str(result.exception)


def test_a_database_of_a_newer_dateline_is_left_alone(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / LAYOUT.file_name)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ArchiveMismatch, match="version 99"):
        open_database(tmp_path)


@pytest.fixture
def members(tmp_path: Path) -> Iterator[Members]:
    with closing(open_database(tmp_path)) as database:
        yield Members(database)


def yesterday(home: Path) -> None:
    with closing(sqlite3.connect(home / LAYOUT.file_name)) as connection, connection:
        connection.execute("UPDATE questions SET at = '2020-01-01T00:00:00'")
