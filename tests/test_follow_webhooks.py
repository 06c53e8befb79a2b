"""What is told goes out signed, is tried again under the same id, and given up in the end; nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from follow_parts import CHANGED, HOOK, LATER, NOON, QUESTION, FollowParts, following
from hook_server import HookServer, serving_hook
from http_fakes import HARBOUR, RIVAL

from bot.follows.times import DayTimes, day_times, machine_zone
from bot.follows.webhook import next_try, signed
from index.errors import BadInput, FetchRefused
from index.fetching.limits import FetchSettings
from index.fetching.post import Poster
from index.fetching.transport import Answered

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[FollowParts]:
    with following(tmp_path) as parts:
        parts.follow(webhook=HOOK)
        yield parts


def ids(parts: FollowParts) -> list[str]:
    return [headers["webhook-id"] for _, _, headers in parts.hook.got]


def told(parts: FollowParts) -> list[list[str]]:
    """The kinds of the tellings in each message."""
    return [[one["kind"] for one in json.loads(body)["data"]["tellings"]] for _, body, _ in parts.hook.got]


def test_the_signature_is_the_one_of_the_specification() -> None:
    headers = signed(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        secret=SECRET,
        now=datetime.fromtimestamp(1614265330, UTC),
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_tells_what_is_new_with_its_words_and_is_sent_once(parts: FollowParts) -> None:
    assert parts.turn().posted == 1
    assert parts.turn().posted == 0
    ((url, body, headers),) = parts.hook.got
    message = json.loads(body)
    assert (url, message["type"]) == (HOOK, "follow.told")
    assert message["data"]["follow"]["question"] == QUESTION
    assert "secret" not in body.decode() and headers["Content-Type"] == "application/json"
    quoted = message["data"]["tellings"][0]["news"][0]["now"]
    assert HARBOUR.body[quoted["start"] : quoted["end"]] == quoted["quote"]


def test_a_message_that_is_not_taken_is_tried_again_later_under_the_same_id(parts: FollowParts) -> None:
    parts.hook.answers = [Answered(500), FetchRefused("unreachable", "cannot be connected to"), Answered(204)]
    assert parts.turn().posted == 0
    assert parts.turn().posted == 0 and len(parts.hook.got) == 1  # its time has not come
    parts.wait(seconds=6)
    parts.turn()
    parts.wait(minutes=6)
    assert parts.turn().posted == 1
    assert len(set(ids(parts))) == 1 and len(ids(parts)) == 3
    assert [one.state for one in parts.outbox.log()] == ["sent"]


def test_what_comes_while_a_message_fails_is_a_message_of_its_own(parts: FollowParts) -> None:
    parts.hook.answers = [Answered(503)]
    parts.turn()
    parts.library.take(RIVAL)
    parts.turn()
    parts.wait(seconds=6)
    parts.turn()
    assert told(parts) == [["begun"], ["news"], ["begun"]]
    assert ids(parts)[0] == ids(parts)[2] != ids(parts)[1]


def test_a_message_is_given_up_after_three_days_and_tried_again_when_somebody_asks(
    parts: FollowParts,
) -> None:
    parts.hook.answers = [Answered(500)] * 10
    for _ in range(12):
        parts.turn()
        parts.wait(days=1, hours=1)
    (given,) = parts.outbox.log()
    assert (given.state, given.tries, len(parts.hook.got)) == ("dead", 10, 10)
    assert given.fault == "answered 500, expected 2xx"
    assert parts.outbox.again(now=parts.at) == 1
    assert parts.turn().posted == 1 and len(set(ids(parts))) == 1


def test_a_server_that_wants_no_more_gets_no_more(parts: FollowParts) -> None:
    parts.hook.answers = [Answered(410)]
    parts.turn()
    parts.library.take(RIVAL)
    parts.turn()
    assert len(parts.hook.got) == 1
    assert parts.book.all()[0].webhook_off
    assert parts.outbox.again(now=parts.at) == 0


@pytest.mark.parametrize(
    ("tries", "asked", "seconds"),
    [(1, "", 5), (2, "", 300), (9, "", 86_400), (1, "120", 120), (1, "9999999", 86_400), (1, "soon", 5)],
)
def test_tries_keep_the_distances_of_the_specification(tries: int, asked: str, seconds: int) -> None:
    due = next_try(tries, {"retry-after": asked} if asked else {}, now=NOON, chance=0.0)
    assert due == NOON + timedelta(seconds=seconds)
    assert next_try(10, {}, now=NOON, chance=0.0) is None


def test_nothing_is_sent_in_quiet_hours_and_all_of_them_comes_in_one_message(tmp_path: Path) -> None:
    with following(tmp_path) as parts:
        parts.follow(webhook=HOOK, times=day_times(zone="UTC", quiet="11-14"))
        assert parts.turn().posted == 1  # whoever follows is there just now
        parts.library.take(RIVAL)
        parts.turn()
        parts.wait(hours=1)
        parts.library.take(LATER)
        parts.turn()
        assert len(parts.hook.got) == 1
        parts.wait(hours=1)
        assert parts.turn().posted == 1
        assert told(parts)[1] == ["news", "news"]
        parts.library.take(CHANGED)
        assert parts.turn().posted == 1


def test_a_digest_is_one_message_a_day(tmp_path: Path) -> None:
    with following(tmp_path) as parts:
        parts.follow(webhook=HOOK, times=day_times(zone="Asia/Tokyo", digest="08:00"))  # 23:00 UTC
        parts.turn()
        for article in (RIVAL, LATER):
            parts.library.take(article)
            parts.turn()
            parts.wait(hours=5)
        assert len(parts.hook.got) == 1
        parts.wait(hours=1)
        parts.turn()
        assert told(parts)[1:] == [["news", "news"]]


@pytest.mark.parametrize(
    ("given", "moment", "due"),
    [
        ({"quiet": "22-7"}, "2026-11-29T21:59:00", "2026-11-29T21:59:00"),
        ({"quiet": "22-7"}, "2026-11-29T22:00:00", "2026-11-30T07:00:00"),
        ({"quiet": "22-7"}, "2026-11-30T06:59:00", "2026-11-30T07:00:00"),
        ({"quiet": "0:30-07.15", "zone": "Europe/Moscow"}, "2026-11-29T22:00:00", "2026-11-30T04:15:00"),
        ({"digest": "8:00", "zone": "Europe/Berlin"}, "2026-11-29T06:59:00", "2026-11-29T07:00:00"),
        ({"digest": "8:00", "zone": "Europe/Berlin"}, "2026-11-29T07:00:00", "2026-11-30T07:00:00"),
        (
            {"digest": "2:30", "zone": "Europe/Berlin"},
            "2026-03-28T23:00:00",
            "2026-03-29T01:30:00",
        ),  # no such hour
        ({"digest": "23", "quiet": "22-7"}, "2026-11-29T22:30:00", "2026-11-29T23:00:00"),
    ],
)
def test_a_reader_is_told_by_the_clock_of_their_time_zone(
    given: dict[str, str], moment: str, due: str
) -> None:
    times = day_times(**{"zone": "UTC", **given})
    found = times.due(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)
    again = day_times(zone=times.zone, quiet=times.quiet_text, digest=times.digest_text)
    assert again == times


@pytest.mark.parametrize(
    "given",
    [{"quiet": "22"}, {"quiet": "25-7"}, {"quiet": "7-7"}, {"digest": "8:61"}, {"digest": "soon"},
     {"zone": "Mars/Olympus"}, {"zone": "../etc/passwd"}, {"quiet": "a-b"}],
)  # fmt: skip
def test_times_that_are_none_are_named(given: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=f"{next(iter(given))} is .*, expected "):
        day_times(**given)


def test_a_zone_that_is_not_named_is_this_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert day_times().zone == machine_zone() == "Asia/Tokyo"
    assert DayTimes().zone == "UTC"


def test_a_post_goes_over_a_real_connection_and_only_where_it_may() -> None:
    with serving_hook(HookServer(answer=lambda: 302)) as server:
        host = server.address.removeprefix("http://")
        allowed = Poster(FetchSettings(hosts=frozenset({host})))
        answered = allowed.post(f"{server.address}/hook?a=1", b'{"a": 1}', {"webhook-id": "msg_1"})
        assert answered.status == 302  # and nobody follows it
        (got,) = server.got
        assert (got.path, got.body, got.headers["webhook-id"]) == ("/hook?a=1", b'{"a": 1}', "msg_1")
        with pytest.raises(FetchRefused, match="is not encrypted"):
            Poster(FetchSettings(ports=frozenset({int(host.partition(":")[2])}))).post(
                server.address, b"", {}
            )


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "https://me@a.example", "https://a.example:22", "https://0x7f.1", "no address"]
)
def test_what_is_no_address_for_news_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        Poster().address(url)


@pytest.mark.parametrize("ip", ["169.254.169.254", "127.0.0.1", "10.0.0.7", "::1", "::ffff:10.0.0.7"])
def test_a_name_that_leads_to_a_private_address_is_posted_nothing(ip: str) -> None:
    with pytest.raises(FetchRefused, match="expected a public address"):
        Poster(resolve=lambda _: [ip]).post("https://a.example", b"", {})
