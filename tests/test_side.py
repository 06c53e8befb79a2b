"""What is kept beside an archive, in a file of its folder or in its database: the same SQL over both."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from archive_fakes import HashedWords, put
from http_fakes import HARBOUR, RIVAL

from bot.answers.answer import Answer, Cell, Difference, Sentence
from bot.answers.citation import cite
from bot.follows.book import FollowBook
from bot.follows.database import is_there, open_follows
from bot.follows.outbox import Outbox
from bot.follows.records import Compared, FollowRequest, Held, HeldPlace, NewsItem
from bot.follows.settings import FollowSettings
from bot.http.access.key_table import keys_of
from bot.telegram.changed_quotes.watched import Watched
from bot.telegram.chat.members import Members
from bot.telegram.chat.moves import Moves
from bot.telegram.chat.questions import Counts, Questions
from bot.telegram.chat.rooms import Rooms
from bot.telegram.messages.replies import RoomMessage
from bot.telegram.updates.database import open_database
from bot.telegram.updates.events import Person, Room
from bot.telegram.updates.inbox import Inbox
from index.errors import ArchiveMismatch, BadInput
from index.records import Filters, Span
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.side import Layout, has_side, open_side

NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
HOOK = "https://hooks.example/news"
PLACE = HeldPlace("harbour-1", "r1", 3, 9, Span(4, 8))


def test_a_follow_lives_and_is_told_of(somewhere: ArchiveHome) -> None:
    assert not is_there(somewhere)
    with closing(open_follows(somewhere)) as tables:
        assert is_there(somewhere)
        book, outbox = FollowBook(tables, FollowSettings(most=2, per_owner=2)), Outbox(tables)
        request = FollowRequest(
            "Has it reopened?" + "é" * 900, Filters(outlet=("Harbour Gazette",)), webhook=HOOK
        )
        first = book.add("key 1", request, now=NOON)
        again = book.add("key 1", replace(request, webhook=None), now=NOON)
        assert (first.is_new, again.is_new, again.follow.request.webhook) == (True, False, HOOK)
        assert [one.id for one in book.due("p1", limit=5)] == [first.follow.id]
        told = Compared(
            Held("answered", None, (PLACE,), frozenset({"a", "b"})),
            "news",
            (NewsItem("changed", PLACE, PLACE),),
        )
        kept = outbox.keep(first.follow, told, fault=None, position="p1", now=NOON)
        assert kept
        assert kept.items == (NewsItem("changed", PLACE, PLACE),)
        assert (
            outbox.keep(first.follow, told, fault=None, position="p1", now=NOON) is None
        )  # another was first
        assert book.due("p1", limit=5) == []
        assert book.held(first.follow).known == {"a", "b"}
        assert book.at(first.follow.id).new == 1
        book.seen("key 1")
        assert book.at(first.follow.id, "key 1").new == 0

        (dispatch,) = outbox.begin("webhook", now=NOON + timedelta(days=2))
        assert outbox.secret(dispatch).startswith("whsec_")
        outbox.failed(dispatch, "answered 500", due=None, now=NOON)
        assert outbox.again(now=NOON) == 1
        outbox.end_webhook(dispatch, "answered 410", now=NOON)
        assert outbox.again(now=NOON) == 0
        assert [(one.state, one.tries, one.tellings) for one in outbox.log(first.follow)] == [("dead", 0, 1)]
        assert len(outbox.log()) == 1

        for token in ("one", "two"):
            book.give_feed("key 1", token)
        assert (book.feed_owner("one"), book.feed_owner("two")) == (None, "key 1")
        assert book.cited() == ["harbour-1"]
        book.forget_articles(["harbour-1"])
        assert (book.cited(), book.told_to("key 1")[0].items[0].kind) == ([], "changed")
        book.add("reader 2", FollowRequest("Who?", via="here"), now=NOON)
        with pytest.raises(BadInput, match="all together follow 2 questions"):
            book.add("reader 3", FollowRequest("Where?"), now=NOON)
        book.forget(now=NOON + timedelta(days=3_000))
        assert [one.owner for one in book.all()] == ["key 1"]
        book.remove(first.follow)
        assert (book.all(), book.tellings(first.follow)) == ([], [])


def test_what_came_in_by_telegram_is_taken_once_and_answered(somewhere: ArchiveHome) -> None:
    with closing(open_database(somewhere)) as one, closing(open_database(somewhere)) as other:
        inbox, elsewhere = Inbox(one), Inbox(other)
        (waiting,) = inbox.take([(7, "-12345678901", {"text": "Who?"})], bot=9_000_000_000)
        assert elsewhere.take([(7, "-12345678901", {"text": "Who?"})], bot=9_000_000_000) == []
        number = waiting.number
        assert elsewhere.waiting() == [waiting]
        assert elsewhere.begin(number) == ({"text": "Who?"}, 1)
        assert (inbox.is_open(number), inbox.draft(number)) == (True, None)
        inbox.set_draft(number, 55)
        inbox.answered(number, [RoomMessage("Nobody."), RoomMessage("Ever.")])
        assert [(part.part, part.again) for part in inbox.unsent(number)] == [(0, False), (1, False)]
        inbox.started(number, 0)
        inbox.sent(number, 0, message=77)
        assert [part.message.text for part in elsewhere.unsent(number)] == ["Ever."]
        inbox.done(number)
        assert elsewhere.waiting() == []
        assert inbox.say_once("1", [RoomMessage("News.")], bot=1, number=5)
        assert elsewhere.say_once("1", [RoomMessage("News.")], bot=1, number=5) is None
        said = inbox.say("1", [RoomMessage("Changed.")], bot=1, told=[(3, 1)])
        assert said in elsewhere.waiting()
        inbox.forget("2999")
        assert len(inbox.waiting()) == 2
        one.empty_log()


def test_what_is_on_its_way_is_dealt_with_when_an_article_is_removed(
    somewhere: ArchiveHome,
) -> None:
    with (
        closing(open_database(somewhere)) as tables,
        Archive.open(somewhere, HashedWords(), write=True) as archive,
    ):
        for article in (HARBOUR, RIVAL):
            put(archive, article)
        inbox = Inbox(tables)
        (asked,) = inbox.take([(7, "-5", {"text": "Who?"})], bot=1)
        inbox.answered(asked.number, [RoomMessage("Words of the harbour.")])
        told = inbox.say("1", [RoomMessage("Changed.")], bot=1, told=[], articles=[HARBOUR.id])
        other = inbox.say("1", [RoomMessage("Changed too.")], bot=1, told=[], articles=[RIVAL.id])
        archive.remove(HARBOUR.id)
        assert inbox.unsent(asked.number) == []  # it is worked out again
        assert [one.number for one in inbox.waiting()] == [asked.number, other.number]
        assert inbox.unsent(told.number) == []
        assert [part.message.text for part in inbox.unsent(other.number)] == ["Changed too."]


def test_a_chat_is_remembered_and_moves(somewhere: ArchiveHome) -> None:
    cited = (cite(HARBOUR, Span(0, 20), number=1), cite(RIVAL, Span(0, 20), number=2))
    found = (
        Difference("figure", (Cell(2, 3, 9), Cell(1, 0, 4))),
        Difference("agreed", (Cell(1, 5, 8), Cell(2, 10, 12))),
    )
    answer = Answer("How many?", (Sentence(cited[0].quote, (1,), "quoted"),), cited, differences=found)
    with closing(open_database(somewhere)) as database:
        inbox, questions, watched = Inbox(database), Questions(database), Watched(database)
        rooms, members, moves = Rooms(database, history=5), Members(database), Moves(database)
        (waiting,) = inbox.take([(1, "-5", {})], bot=1)
        for _ in range(2):
            questions.keep(waiting.number, answer, room="-6", person=Person(2, "Two", "en"))
        assert questions.differences(waiting.number) == list(found)
        assert [one.number for one in questions.places(waiting.number)] == [1, 2]
        assert (questions.vote(waiting.number, 2, up=False), questions.vote(99, 2, up=True)) == (True, False)
        assert questions.vote(waiting.number, 2, up=True)
        assert questions.counts() == Counts(1, 1, 1, 0, 1)
        assert (questions.asked_today(2), questions.asked_today(3), questions.asked_today()) == (1, 0, 1)
        inbox.answered(waiting.number, [])
        inbox.done(waiting.number)
        assert sorted(watched.revisions()) == sorted(
            (one.article.id, frozenset({one.revision})) for one in cited
        )
        now = {cited[0].article.id: "other", cited[1].article.id: cited[1].revision}
        (given,) = watched.citing(now, since="2000", most=9)
        assert [one.number for one in given.places] == [1]
        watched.seen([("other", waiting.number, 1)])
        assert watched.citing(now, since="2000", most=9) == []
        watched.settle([(waiting.number, 2)])
        assert len(watched.in_room("-5")[0].places) == 2

        rooms.set_filters("-5", Filters(outlet=("Tull Courier",)))
        rooms.set_filters("-100", Filters(since="2020"))
        rooms.tell_changes("-5", on=True)
        for id_ in (-5, -100):
            code = members.code_for(id_, "Newsroom", language=None)
            assert members.code_for(id_, "Newsroom", language=None) == code
            assert members.approve(code)
        assert members.approve("AAAA-AAAA") is None
        assert [moves.move(-5, -100), moves.move(-5, -100)] == [True, False]
        assert moves.current(Room(-5)) == Room(-100)
        assert rooms.filters("-100") == Filters(outlet=("Tull Courier",), since="2020")
        assert rooms.tells_changes("-100")
        assert [one.id for one in members.all()] == [-100]
        assert members.numbers(-100) == {-100, -5}
        assert rooms.history("-100", before=99) == ["How many?"]
        rooms.reset("-100", number=99)
        assert rooms.history("-100", before=99) == []
        assert (members.remove(-100), members.has(-100), members.codes()) == (True, False, [])
        questions.forget("2999")
        assert questions.places(waiting.number) == []


def test_a_key_holds_at_once_wherever_it_is_asked_for_and_ends_as_soon(somewhere: ArchiveHome) -> None:
    with closing(keys_of(somewhere)) as one, closing(keys_of(somewhere)) as server:
        assert server.all() == () or server.all() == []
        token = one.add("newsroom", write=True, per_minute=7)
        key = server.match(token)
        assert key
        assert (key.name, key.write, key.per_minute) == ("newsroom", True, 7)
        assert server.match(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
        with pytest.raises(BadInput, match="already a key named 'newsroom'"):
            server.add("newsroom")
        server.remove("newsroom")
        assert one.match(token) is None
        with pytest.raises(BadInput, match="no key is named 'newsroom'"):
            one.remove("newsroom")


def test_tables_are_brought_up_to_date_and_newer_ones_are_refused(somewhere: ArchiveHome) -> None:
    first = Layout(
        "notes", "CREATE TABLE notes (number INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT) STRICT;", 1, {}
    )
    second = Layout(
        "notes", "", 2, {1: "ALTER TABLE notes ADD COLUMN at TEXT;\nUPDATE notes SET at = 'then';"}
    )
    assert not has_side(somewhere, first)
    with closing(open_side(somewhere, first)) as tables, tables.writing() as connection:
        connection.execute("INSERT INTO notes (text) VALUES (?)", ("one",))
    for _ in range(2):
        with closing(open_side(somewhere, second)) as tables, tables.reading() as connection:
            assert connection.execute("SELECT * FROM notes").fetchall() == [(1, "one", "then")]
    with pytest.raises(ArchiveMismatch, match="is of version 2, expected 1; use a newer Dateline"):
        open_side(somewhere, first)


def test_what_goes_wrong_is_stored_by_nobody(somewhere: ArchiveHome) -> None:
    layout = Layout("notes", "CREATE TABLE notes (text TEXT NOT NULL) STRICT;", 1, {})
    with closing(open_side(somewhere, layout)) as tables:
        with pytest.raises(KeyError), tables.writing(durably=True) as connection:
            connection.execute("INSERT INTO notes VALUES (?)", ("half",))
            raise KeyError
        with tables.reading() as connection:
            assert connection.execute("SELECT count(*) FROM notes").fetchone() == (0,)
