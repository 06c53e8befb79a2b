"""What Telegram does to a bot: each is handled, said in the log, and none ends it or loses a question."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fake_telegram import BOT_ID, TOKEN, DropsConnection, FakeTelegram, serving
from http_fakes import wait_until
from pydantic import SecretStr
from telegram_parts import QUESTION, Chat, chatting, in_thread
from telegram_rules import Refused

from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.database import LAYOUT, open_database
from bot.telegram.updates.inbox import Inbox
from index.errors import ArchiveLocked, BadSetting


class Sometimes:
    """Raises an error at the first few calls of a method."""

    def __init__(self, method: str, error: Exception, *, times: int = 1) -> None:
        self.method = method
        self.error = error
        self.left = times

    def __call__(self, method: str, given: dict[str, str]) -> None:
        if method == self.method and self.left:
            self.left -= 1
            raise self.error


def refused(code: int, said: str, **more: int) -> Refused:
    return Refused(code, said, **more)


class Garbled(Refused):
    """An answer with status 200 that is no JSON, as of a captive portal."""

    def __init__(self) -> None:
        super().__init__(200, "<html>Please log in</html>")


FLOOD = refused(429, "Too Many Requests: retry after 1", retry_after=1)


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("sendMessage", FLOOD),
        ("sendMessage", refused(502, "Bad Gateway")),
        ("sendMessage", DropsConnection()),
        ("sendMessage", Garbled()),
        ("getUpdates", FLOOD),
        ("getUpdates", refused(500, "Internal Server Error")),
        ("getUpdates", DropsConnection()),
        ("getMe", refused(502, "Bad Gateway")),
    ],
    ids=str,
)
def test_what_passes_is_waited_out(tmp_path: Path, method: str, error: Exception) -> None:
    telegram = FakeTelegram(fault=Sometimes(method, error))
    with chatting(tmp_path, telegram=telegram, ready=False):
        telegram.says(QUESTION)
        (said,) = telegram.wait_for(1, seconds=15)
        assert "The harbour reopened" in said.text
        time.sleep(0.1)
        assert len(telegram.said) == 1


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("sendChatAction", refused(403, "Forbidden")),
        ("sendMessageDraft", refused(400, "Bad Request: whatever")),
        ("sendMessageDraft", refused(502, "Bad Gateway")),
        ("answerCallbackQuery", refused(400, "Bad Request: query is too old")),
        ("setMyCommands", refused(403, "Forbidden")),
    ],
    ids=str,
)
def test_what_only_shows_may_fail(tmp_path: Path, method: str, error: Exception) -> None:
    telegram = FakeTelegram(fault=Sometimes(method, error, times=99))
    with chatting(tmp_path, telegram=telegram, ready=False, pause=0.2 if "send" in method else 0.0):
        telegram.says(QUESTION)
        assert wait_until(lambda: bool(telegram.said) and bool(telegram.said[0].rows), seconds=10)
        telegram.presses(telegram.said[0], "[3]")
        assert "Proved" in telegram.wait_for(2)[-1].text


@pytest.mark.parametrize(
    "error",
    [refused(403, "Forbidden: bot was blocked by the user"), refused(400, "Bad Request: chat not found")],
    ids=str,
)
def test_who_cannot_be_reached_holds_up_nobody(
    tmp_path: Path, error: Refused, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = FakeTelegram(fault=Sometimes("sendMessage", error))
    with chatting(tmp_path, telegram=telegram):
        telegram.says(QUESTION, chat=8, person=8)
        assert wait_until(lambda: "cannot be delivered" in caplog.text, seconds=10)
        telegram.says("/id")
        assert [one.text for one in telegram.wait_for(1)] == ["You: 7. This chat: 7."]
    assert states(tmp_path) == ["done", "dropped"]


def test_a_refused_form_is_sent_as_plain_words(tmp_path: Path) -> None:
    telegram = FakeTelegram(
        fault=Sometimes("sendMessage", refused(400, "Bad Request: can't parse entities: x"))
    )
    with chatting(tmp_path, telegram=telegram):
        telegram.says(QUESTION)
        (said,) = telegram.wait_for(1)
        assert "The harbour reopened at noon on Monday." in said.text
        assert said.words.entities == ()


def test_a_group_that_became_a_supergroup_gets_its_answer_there(tmp_path: Path) -> None:
    telegram = FakeTelegram(moved={-5: -1005})
    with chatting(tmp_path, telegram=telegram):
        telegram.says(f"/ask {QUESTION}", chat=-5)
        assert telegram.wait_for(1)[0].chat == -1005
        telegram.says("/ask And the cranes?", chat=-1005)
        telegram.wait_for(2)


def test_a_deleted_message_that_showed_the_answer_is_sent_anew(tmp_path: Path) -> None:
    telegram = FakeTelegram(unsupported={"sendMessageDraft"})
    with chatting(tmp_path, telegram=telegram, pause=0.4):
        telegram.says(QUESTION)
        telegram.wait_for(1)
        telegram.said.clear()
        said = telegram.wait_for(1)[0]
        assert len(said.words.of("blockquote")) == 3


def test_an_answer_that_was_edited_in_before_the_kill_is_answered_once(tmp_path: Path) -> None:
    """The edit had arrived, the process died before it could note that: "message is not modified"."""
    telegram = FakeTelegram(unsupported={"sendMessageDraft"})
    with chatting(tmp_path, telegram=telegram, pause=0.4) as chat:
        telegram.says(QUESTION)
        assert wait_until(lambda: bool(telegram.said) and bool(telegram.said[0].rows), seconds=10)
        assert wait_until(lambda: states(tmp_path) == ["done"], seconds=5)
        shown = telegram.said[0]
    with kept(tmp_path) as inbox:
        again = {"text": shown.text, "number": shown.number}
        assert inbox.waiting() == []
    reopen(tmp_path, shown.number)
    with restarted(chat, telegram):
        assert wait_until(lambda: states(tmp_path) == ["done"], seconds=10)
    assert len(telegram.said) == 1
    assert (shown.text, shown.number) == (again["text"], again["number"])


def test_two_pollers_are_told_and_do_not_end_the_bot(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with chatting(tmp_path) as chat:
        other = threading.Thread(target=poll_once, args=(chat.settings.api,))
        other.start()
        assert wait_until(lambda: "another process polls with this token" in caplog.text, seconds=10)
        other.join()
        chat.telegram.says(QUESTION)
        chat.telegram.wait_for(1, seconds=15)


def test_a_webhook_of_an_earlier_run_is_ended(tmp_path: Path) -> None:
    with chatting(tmp_path, telegram=FakeTelegram(webhook=("http://127.0.0.1:9/", "x"))) as chat:
        assert chat.telegram.webhook is None
        chat.telegram.says("/id")
        chat.telegram.wait_for(1)


def test_a_refused_token_ends_the_bot_and_is_said(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    with serving(telegram) as address, pytest.raises(BadSetting, match="Telegram refuses it"):
        settings = TelegramSettings(token=SecretStr("1:wrong"), api=address)
        chat = Chat(telegram, None, None, tmp_path, settings)  # type: ignore[arg-type]
        with in_thread(chat):
            time.sleep(1)


def test_a_second_bot_of_the_same_home_is_refused(tmp_path: Path) -> None:
    with chatting(tmp_path) as chat, pytest.raises(ArchiveLocked), in_thread(chat):
        time.sleep(1)


def test_updates_are_confirmed_when_they_are_stored_and_not_before(tmp_path: Path) -> None:
    """A full disk: nothing is confirmed, and nothing is lost when there is room again."""
    with chatting(tmp_path) as chat:
        with kept(tmp_path, writing=True):
            chat.telegram.says(QUESTION)
            time.sleep(0.5)
            assert len(chat.telegram.pending) == 1
        chat.telegram.wait_for(1, seconds=15)
        assert wait_until(lambda: not chat.telegram.pending, seconds=5)


def test_an_update_that_is_delivered_again_is_answered_once(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    with chatting(tmp_path, telegram=telegram):
        number = telegram.push({"message": telegram._written(QUESTION, 7, 7, "en")})
        telegram.wait_for(1)
        telegram.pending[number] = {"update_id": number, "message": telegram._written(QUESTION, 7, 7, "en")}
        telegram.says("/id")
        telegram.wait_for(2)
        time.sleep(0.2)
    assert len(telegram.said) == 2


def test_numbers_that_telegram_begins_anew_are_new_updates(tmp_path: Path) -> None:
    """After a quiet week, or with another bot's token, a number may come that has been before."""
    message = {"chat": {"id": 7}}
    with kept(tmp_path) as inbox:
        assert len(inbox.take([(900, "7", message), (900, "7", message)], bot=1)) == 1
        assert len(inbox.take([(900, "7", message)], bot=2)) == 1
    with closing(sqlite3.connect(tmp_path / LAYOUT.file_name)) as connection, connection:
        connection.execute("UPDATE updates SET at = '2020-01-01T00:00:00'")
    with kept(tmp_path) as inbox:
        taken = inbox.take([(900, "7", message), (5, "7", message)], bot=1)
        assert [one.number for one in inbox.waiting()][-2:] == [one.number for one in taken]


def test_an_update_that_cannot_be_read_does_not_hold_up_the_next(tmp_path: Path) -> None:
    with chatting(tmp_path) as chat:
        chat.telegram.push({"message": {"chat": {"id": 7}, "date": "never"}})
        chat.telegram.push({"something_new": {}})
        chat.telegram.says("/id")
        chat.telegram.wait_for(1)


def test_what_was_left_by_a_killed_process_is_answered_after_the_restart(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    telegram.says(QUESTION)
    with kept(tmp_path) as inbox:
        inbox.take([(1, "7", telegram.pending.pop(1))], bot=BOT_ID)
        inbox.begin(1)
    with chatting(tmp_path, telegram=telegram):
        assert "The harbour reopened" in telegram.wait_for(1)[0].text


def test_an_update_that_kills_the_process_again_and_again_is_given_up(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    telegram.says(QUESTION)
    with kept(tmp_path) as inbox:
        inbox.take([(1, "7", telegram.pending.pop(1))], bot=BOT_ID)
        for _ in range(5):
            inbox.begin(1)
    with chatting(tmp_path, telegram=telegram):
        assert "Something went wrong" in telegram.wait_for(1)[0].text


def test_words_of_articles_do_not_stay_when_an_answer_is_delivered(tmp_path: Path) -> None:
    with chatting(tmp_path) as chat:
        chat.telegram.says(QUESTION)
        chat.telegram.wait_for(1)
        assert wait_until(lambda: states(tmp_path) == ["done"], seconds=5)
    files = b"".join(path.read_bytes() for path in tmp_path.glob(f"{LAYOUT.file_name}*"))
    assert b"at noon on Monday" not in files
    assert b"gazette-0412" in files


def test_a_webhook_is_answered_with_200_when_the_update_is_stored(tmp_path: Path, free_port: int) -> None:
    settings = TelegramSettings(webhook_url=f"http://127.0.0.1:{free_port}/hook", webhook_port=free_port)
    with chatting(tmp_path, settings=settings) as chat:
        assert wait_until(lambda: chat.telegram.webhook is not None, seconds=5)
        assert wait_until(lambda: reachable(free_port), seconds=5)
        chat.telegram.says(QUESTION)
        assert "The harbour reopened" in chat.telegram.wait_for(1)[0].text
        number = chat.telegram._next
        chat.telegram.pending[number] = {"update_id": number}
        assert chat.telegram.deliver(number, secret="wrong") == 403
        chat.telegram.pending[number] = {
            "update_id": number,
            "message": chat.telegram._written("/id", 7, 7, "en"),
        }
        with kept(tmp_path, writing=True):
            failed = threading.Thread(target=lambda: chat.telegram.deliver(number))
            failed.start()
            time.sleep(0.3)
            assert len(chat.telegram.said) == 1, "it is not answered before it is stored"
        failed.join()
        chat.telegram.wait_for(2)


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
def test_the_token_is_in_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture, level: int) -> None:
    caplog.set_level(level)
    telegram = FakeTelegram(fault=Sometimes("sendMessage", DropsConnection()))
    with chatting(tmp_path, telegram=telegram):
        telegram.says(QUESTION)
        telegram.wait_for(1)
        logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
        try:
            raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
        except ValueError:
            logging.getLogger("anything").exception("a fault with %s", TOKEN)
    assert TOKEN not in caplog.text
    assert TOKEN.split(":")[1] not in caplog.text
    assert "a fault with •••" in caplog.text


def poll_once(address: str) -> None:
    data = urllib.parse.urlencode({"timeout": "1"}).encode()
    urllib.request.urlopen(f"{address}{TOKEN}/getUpdates", data, timeout=10).read()


def reachable(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def kept(home: Path, *, writing: bool = False) -> Iterator[Inbox]:
    """The inbox of a home; `writing`: nobody else can write to it meanwhile."""
    database = open_database(home)
    try:
        if writing:
            with database.writing():
                yield Inbox(database)
        else:
            yield Inbox(database)
    finally:
        database.close()


def states(home: Path) -> list[str]:
    database = open_database(home)
    try:
        with database.reading() as connection:
            return sorted(state for (state,) in connection.execute("SELECT state FROM updates"))
    finally:
        database.close()


def reopen(home: Path, message: int) -> None:
    """The state before an answer was known to have arrived."""
    telegram = FakeTelegram()
    telegram.says(QUESTION)
    database = open_database(home)
    with database.writing() as connection:
        connection.execute("DELETE FROM updates")
        connection.execute("DELETE FROM sqlite_sequence")
    Inbox(database).take([(1, "7", telegram.pending[1])], bot=BOT_ID)
    Inbox(database).set_draft(1, message)
    database.close()


@contextmanager
def restarted(chat: Chat, telegram: FakeTelegram) -> Iterator[None]:
    with serving(telegram) as address:
        again = replace(chat, settings=replace(chat.settings, api=address))
        chat.asker.pause = 0.0
        with in_thread(again):
            yield


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
