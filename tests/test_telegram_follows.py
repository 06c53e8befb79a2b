"""`/follow`, `/following` and `/unfollow` in a chat, and what is told there: once, in the chat's language."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from fake_telegram import FakeTelegram, Said
from follow_parts import LATER, NOON, QUESTION, FollowedLibrary, KeptHook
from http_fakes import HARBOUR, FakeAsker, wait_until
from settings_fakes import fixed
from telegram_parts import Chat, chatting

from bot.follows.book import FollowBook
from bot.follows.database import open_follows
from bot.follows.outbox import Outbox
from bot.follows.records import FollowRequest
from bot.follows.settings import FollowSettings
from bot.follows.teller import Teller
from bot.telegram.followed.requests import split_times
from bot.telegram.settings import TelegramSettings


@dataclass
class Following:
    chat: Chat
    library: FollowedLibrary

    @property
    def telegram(self) -> FakeTelegram:
        return self.chat.telegram

    def says(self, text: str, *, chat: int = 7, language: str = "en") -> Said:
        return self.told(lambda: self.telegram.says(text, chat=chat, language=language), chat)

    def turn(self, *, chat: int = 7) -> Said:
        """What the chat is told after a teller's turn."""
        return self.told(self._turn, chat)

    def told(self, do: object, chat: int) -> Said:
        before = len(self.of(chat))
        do()  # type: ignore[operator]
        assert wait_until(lambda: len(self.of(chat)) > before, seconds=10)
        return self.of(chat)[-1]

    def of(self, chat: int) -> list[Said]:
        return [one for one in self.telegram.said if one.chat == chat]

    def _turn(self) -> None:
        with closing(open_follows(self.chat.home)) as file:
            teller = Teller(
                FakeAsker(self.library), self.library, book=FollowBook(file), outbox=Outbox(file),
                poster=KeptHook(), settings=FollowSettings(),
            )  # fmt: skip
            asyncio.run(teller.turn(patient=False))


@pytest.fixture
def following(tmp_path: Path) -> Iterator[Following]:
    settings = fixed(TelegramSettings, news_every=0.02)(examples=("Who?",))
    with chatting(tmp_path, settings=settings) as chat:
        library = FollowedLibrary(HARBOUR)
        chat.library.stored = library.stored
        yield Following(chat, library)


def test_a_chat_follows_is_told_once_lists_and_ends(following: Following) -> None:
    said = following.says(f"/follow {QUESTION} quiet 22-7 zone Asia/Tokyo")
    assert QUESTION in said.text and "nothing from 22:00-07:00 (Asia/Tokyo)" in said.text
    assert "I follow this already" in following.says(f"/follow {QUESTION} zone UTC").text
    begun = following.turn()
    assert "Followed from now on" in begun.text and "reopened at noon on Monday" in begun.text
    following.library.take(LATER)
    news = following.turn()
    assert "Another origin" in news.text and "Northern Desk" in news.text
    count = len(following.of(7))
    following._turn()
    listed = following.says("/following")
    assert len(following.of(7)) == count + 1  # nothing was told again
    assert "1. Has it reopened? – answered" in listed.text
    assert "Nothing is followed here" in following.says("/following", chat=8).text
    following.telegram.presses(news, "Follow no more")
    assert wait_until(lambda: "No longer followed" in following.of(7)[-1].text, seconds=10)
    assert "Nothing is followed here" in following.says("/unfollow 1").text


def test_a_russian_chat_is_told_in_russian_and_a_group_follows_for_all(following: Following) -> None:
    said = following.says(f"/follow {QUESTION} тихо 22-7", language="ru")
    assert "Слежу и сообщу здесь" in said.text and "ничего с 22:00-07:00" in said.text
    assert "Вы следите за вопросом" in following.turn().text
    assert "Здесь следят за этим" in following.says("/following", language="ru").text
    assert "Больше не слежу" in following.says("/unfollow 1", language="ru").text
    assert "I follow this" in following.says(f"/follow {QUESTION}", chat=-1001).text
    assert "Followed from now on" in following.turn(chat=-1001).text


def test_what_cannot_be_followed_is_said(following: Following) -> None:
    assert "Write the question" in following.says("/follow").text
    assert "I expect quiet 22-7" in following.says("/follow Who? quiet 25-7").text
    assert "1 to 1,000 characters" in following.says(f"/follow {'x' * 1001}").text
    with closing(open_follows(following.chat.home)) as file:
        for number in range(20):
            request = FollowRequest(f"Who is number {number}?", room="7")
            FollowBook(file).add("room 7", request, now=NOON)
    assert "as many questions as may be followed" in following.says("/follow And who is this?").text
    assert "No longer followed" in following.says("/unfollow all").text


@pytest.mark.parametrize(
    ("text", "question", "given"),
    [
        ("Who?", "Who?", {}),
        ("Who? quiet 22-7", "Who?", {"quiet": "22-7"}),
        ("Who? —quiet=22-7 digest 08:00", "Who?", {"quiet": "22-7", "digest": "08:00"}),
        ("Who is quiet now?", "Who is quiet now?", {}),
        ("Кто? тихо 22-7 пояс Europe/Moscow", "Кто?", {"quiet": "22-7", "zone": "Europe/Moscow"}),
    ],
)
def test_times_stand_behind_the_question(text: str, question: str, given: dict[str, str]) -> None:
    assert split_times(text) == (question, given)
