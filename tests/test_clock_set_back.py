"""What was noted at a moment that is still to come, because the clock has gone back, holds nothing up."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archive_fakes import HashedWords

from bot.telegram.chat.members import Members
from bot.telegram.chat.questions import Questions
from bot.telegram.updates.database import open_database
from index.feeds.records import Feed, FeedItem
from index.storage.archive import Archive
from index.storage.feeds import FeedMemory

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
FEED = Feed(1, "https://a.example/rss", "rss", "A", NOW - YEAR, next_at=NOW + HOUR, read_at=NOW)


@pytest.mark.parametrize(
    ("read_at", "next_at", "due"),
    [
        (NOW, NOW + HOUR, False),
        (NOW, NOW, True),
        (NOW + YEAR, NOW + YEAR + HOUR, True),
        (NOW + timedelta(seconds=9), NOW + HOUR, False),
        (None, NOW + HOUR, False),
    ],
)
def test_a_feed_that_was_read_in_the_time_to_come_is_due(
    read_at: datetime | None, next_at: datetime, due: bool
) -> None:
    assert replace(FEED, read_at=read_at, next_at=next_at).is_due(NOW) == due


def test_so_is_the_page_of_an_item_that_was_seen_then(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashedWords(), write=True):
        memory = FeedMemory(tmp_path)
        feed = memory.add("https://a.example/rss", "rss", "A", now=NOW)
        seen = {"then": NOW + YEAR, "now": NOW, "before": NOW - HOUR}
        looks = {"then": NOW + YEAR + HOUR, "now": NOW + HOUR, "before": NOW}
        memory.keep_items(
            [FeedItem(feed.number, name, seen_at=seen[name], look_at=looks[name]) for name in seen]
        )
        assert [one.identity for one in memory.due_items(feed, now=NOW, limit=9)] == ["before", "then"]


def test_questions_of_days_to_come_are_not_todays_and_their_codes_are_not_good(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database:
        with database.writing() as connection:
            for number, days in enumerate((-1, 0, 1, 365)):
                at = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S")
                connection.execute(
                    "INSERT INTO questions (number, room, person, at, text, status)"
                    " VALUES (?, '7', 7, ?, 'Who?', 'answered')",
                    (number, at),
                )
            connection.execute("INSERT INTO codes VALUES ('OLD', 8, 'Eve', ?, 'en')", (at,))
        assert Questions(database).asked_today(7) == Questions(database).counts().today == 1
        members = Members(database)
        assert members.codes() == []
        assert members.approve("OLD") is None
        code = members.code_for(8, "Eve", language="en")
        assert members.approve(code)
