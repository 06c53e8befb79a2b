"""Conversations: what somebody who writes to the bot gets, through python-telegram-bot's own HTTP stack."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_telegram import BOT, FakeTelegram, Said
from http_fakes import HARBOUR, wait_until
from settings_fakes import fixed
from telegram_parts import QUESTION, Chat, chatting, votes_of
from telegram_rules import tappable

from bot.telegram.settings import TelegramSettings
from index.errors import ArchiveLocked, BadQuestion

GROUP = -1001


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    with chatting(tmp_path) as running:
        yield running


def answer(chat: Chat, text: str, *, number: int = 1, language: str = "en") -> Said:
    """What the bot says to a message in the private chat; it has said `number` things then."""
    chat.telegram.says(text, language=language)
    return chat.telegram.wait_for(number)[-1]


def test_a_question_is_answered_with_quotations_citations_and_a_button_for_each(chat: Chat) -> None:
    said = answer(chat, QUESTION)
    assert "The harbour reopened at noon on Monday." in said.words.of("blockquote")
    assert "Harbour Gazette, printing Coast Wire, 19 Oct 2020 · Harbour reopens after storm" in said.text
    assert said.words.of("text_link") == [HARBOUR.title]
    assert said.labels()[:2] == ["[1] Morning Rival", "[2] Harbour Gazette"]
    assert said.labels()[-3:] == ["Outlets side by side", "👍", "👎"]


def test_a_citation_opens_with_the_sentence_before_and_after_it(chat: Chat) -> None:
    said = answer(chat, QUESTION)
    query = chat.telegram.presses(said, "[3]")
    opened = chat.telegram.wait_for(2)[-1]
    assert opened.words.of("blockquote") == ["The harbour reopened at noon on Monday."]
    assert "said mayor Ada Lind." in opened.text
    assert "Ferries run again from Tuesday." in opened.text
    assert query in chat.telegram.notices


def test_words_that_are_gone_from_the_archive_are_not_shown(chat: Chat) -> None:
    said = answer(chat, QUESTION)
    chat.library.stored.clear()
    query = chat.telegram.presses(said, "[3]")
    assert wait_until(lambda: query in chat.telegram.notices, seconds=5)
    assert chat.telegram.notices[query] == "These words are no longer in the archive."
    assert len(chat.telegram.said) == 1


def test_a_changed_article_is_opened_as_it_was_quoted(chat: Chat) -> None:
    said = answer(chat, QUESTION)
    chat.library.past[HARBOUR.id] = [HARBOUR]
    chat.library.stored[HARBOUR.id] = replace(HARBOUR, body="It never closed.")
    chat.telegram.presses(said, "[3]")
    opened = chat.telegram.wait_for(2)[-1]
    assert opened.words.of("blockquote") == ["The harbour reopened at noon on Monday."]
    assert "The article has been changed since" in opened.text


def test_an_abstention_says_why_and_has_the_nearest_passages_behind_a_button(chat: Chat) -> None:
    said = answer(chat, "Who governs Atlantis?")
    assert said.text == "– Not there\nNothing in the archive mentions 'Atlantis'."
    assert said.labels() == ["Nearest passages", "👍", "👎"]
    chat.telegram.presses(said, "Nearest")
    nearest = chat.telegram.wait_for(2)[-1]
    assert nearest.text.startswith("Nearest in the archive, not taken as an answer:")
    chat.telegram.presses(nearest, "[1]")
    assert "Proved: these words stand in the article letter for letter." in chat.telegram.wait_for(3)[-1].text


def test_outlets_are_shown_side_by_side(chat: Chat) -> None:
    said = answer(chat, QUESTION)
    chat.telegram.presses(said, "side by side")
    sides = chat.telegram.wait_for(2)[-1]
    assert sides.text.index("Morning Rival") < sides.text.index("Harbour Gazette")
    assert len(sides.words.of("blockquote")) == 3


def test_a_vote_is_kept_with_its_question_and_counts_once(chat: Chat) -> None:
    said = answer(chat, QUESTION)
    for label in ("👍", "👎", "👎"):
        query = chat.telegram.presses(said, label)
        assert wait_until(lambda query=query: query in chat.telegram.notices, seconds=5)  # type: ignore[misc]
        assert chat.telegram.notices[query] == "Thank you, noted."
    with votes_of(chat) as votes:
        assert votes == [(7, -1)]


def test_a_russian_reader_is_spoken_to_in_russian(chat: Chat) -> None:
    said = answer(chat, "/help", language="ru")
    assert said.text.startswith("Напишите вопрос.")
    said = answer(chat, "Who governs Atlantis?", number=2, language="ru-RU")
    assert said.text == "– Здесь нет\nВ архиве нет ничего о «Atlantis»."
    assert said.labels()[0] == "Ближайшие отрывки"


def test_commands_are_registered_in_both_languages(chat: Chat) -> None:
    assert wait_until(lambda: len(chat.telegram.commands) == 2, seconds=5)
    names = {"ask", "sources", "latest", "since", "until", "outlet", "changes", "reset", "help", "start"}
    names |= {"id", "timeline", "check", "follow", "following", "unfollow"}
    assert {key: set(commands) for key, commands in chat.telegram.commands.items()} == {
        "default:": names,
        "default:ru": names,
    }


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/help", "/since 2020-10-10"),
        ("/sources", "3 articles, published 19 Oct 2020 to 21 Oct 2020. Copies of others among them: 1."),
        ("/sources", "Harbour Gazette – 1"),
        ("/latest", "Harbour Gazette, printing Coast Wire, 19 Oct 2020 · Harbour reopens after storm"),
        ("/timeline harbour", "“The harbour reopened on Monday afternoon, the port authority said.” [2]"),
        ("/timeline", "Name a subject"),
        ("/timeline Atlantis", "Nothing in the archive that has a date comes near."),
        ("/since 10 October 2020", "Only articles since 10 Oct 2020."),
        ("/until 19 октября 2020", "Only articles until 19 Oct 2020."),
        ("/since 03/04/2020", "no date, or can be read in two ways"),
        ("/since", "/since 2020-10-10. /since off ends it."),
        ("/outlet harbour gazette", "Only articles from Harbour Gazette."),
        ("/outlet Harbor Gazete", "The nearest: Harbour Gazette"),
        ("/outlet Nobody", "no outlet of that name."),
        ("/ask", "/ask Who said what?"),
        ("/id", "You: 7. This chat: 7."),
        ("/status", "This is for admins."),
        ("/nonsense", "Write a question."),
    ],
)
def test_a_command_is_answered(chat: Chat, command: str, told: str) -> None:
    assert told in answer(chat, command).text


def test_filters_stay_for_the_room_are_shown_and_end_with_reset(chat: Chat) -> None:
    answer(chat, "/outlet Morning Rival")
    said = answer(chat, QUESTION, number=2)
    assert "(Only articles from Morning Rival.)" in said.text
    assert said.labels()[0] == "[1] Morning Rival"
    assert "[2]" not in said.text
    answer(chat, "/latest", number=3)
    chat.telegram.says(QUESTION, chat=8, person=8)
    assert "[2]" in chat.telegram.wait_for(1, chat=8)[0].text
    answer(chat, "/reset", number=5)
    assert "[2]" in answer(chat, QUESTION, number=6).text


def test_a_follow_up_is_asked_with_the_earlier_questions_of_its_room_only(chat: Chat) -> None:
    answer(chat, QUESTION)
    chat.telegram.says("Who governs Atlantis?", chat=8, person=8)
    chat.telegram.wait_for(2)
    answer(chat, "And the cranes?", number=3)
    assert chat.asker.history[-1] == (QUESTION,)
    answer(chat, "/reset", number=4)
    answer(chat, "And the ferries?", number=5)
    assert chat.asker.history[-1] == ()


def test_history_is_bounded(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=fixed(TelegramSettings, history=2)()) as chat:
        for number in range(1, 5):
            answer(chat, f"When did harbour {number} reopen?", number=number)
        assert chat.asker.history[-1] == ("When did harbour 2 reopen?", "When did harbour 3 reopen?")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"@dateline_bot {QUESTION}", QUESTION),
        (f"{QUESTION} @Dateline_Bot", QUESTION),
        (f"/ask {QUESTION}", QUESTION),
        (f"/ask@dateline_bot {QUESTION}", QUESTION),
    ],
)
def test_in_a_group_the_bot_answers_who_addresses_it(chat: Chat, text: str, asked: str) -> None:
    number = chat.telegram.says(text, chat=GROUP)
    said = chat.telegram.wait_for(1, chat=GROUP)[0]
    assert "The harbour reopened" in said.text
    assert said.to == number
    assert chat.asker.asked[-1].text == asked


@pytest.mark.parametrize(
    "text",
    [QUESTION, f"/ask@other_bot {QUESTION}", f"@other_bot {QUESTION}", "/settings", "me@dateline_bot.com"],
)
def test_in_a_group_the_bot_leaves_the_rest_alone(chat: Chat, text: str) -> None:
    chat.telegram.says(text, chat=GROUP)
    chat.telegram.says("/id", chat=GROUP)
    assert [one.text for one in chat.telegram.wait_for(1)] == ["You: 7. This chat: -1001."]


def test_a_reply_to_the_bot_is_a_question_and_ask_takes_the_message_replied_to(chat: Chat) -> None:
    chat.telegram.says("/id", chat=GROUP)
    said = chat.telegram.wait_for(1)[0]
    chat.telegram.says(QUESTION, chat=GROUP, to=chat.telegram.as_json(said))
    assert "The harbour reopened" in chat.telegram.wait_for(2)[-1].text
    nine = {"id": 9, "is_bot": False, "first_name": "Nine"}
    other = {"message_id": 1, "date": 0, "chat": chat.telegram.as_json(said)["chat"], "from": nine}
    other["text"] = "Who lost cranes?"
    chat.telegram.says("/ask", chat=GROUP, to=other)
    chat.telegram.wait_for(3)
    assert chat.asker.asked[-1].text == "Who lost cranes?"


def test_topics_of_a_forum_are_rooms_of_their_own(chat: Chat) -> None:
    chat.telegram.says(f"/ask {QUESTION}", chat=GROUP, thread=5)
    assert chat.telegram.wait_for(1)[0].thread == 5
    chat.telegram.says("/ask And the cranes?", chat=GROUP, thread=6)
    chat.telegram.wait_for(2)
    assert chat.asker.history[-1] == ()


def test_messages_of_other_bots_and_of_the_bots_own_inline_mode_are_left_alone(chat: Chat) -> None:
    chat.telegram.says(QUESTION, via_bot=BOT)
    chat.telegram.says("/help", **{"from": {"id": 9, "is_bot": True, "first_name": "Bot"}})
    chat.telegram.says("/id")
    assert [one.text for one in chat.telegram.wait_for(1)] == ["You: 7. This chat: 7."]


def test_a_picture_is_answered_with_what_the_bot_reads(chat: Chat) -> None:
    chat.telegram.says("", photo=[])
    assert "questions in words only" in chat.telegram.wait_for(1)[0].text


def test_an_example_is_asked_by_its_button_and_said_with_the_answer(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=TelegramSettings(examples=(QUESTION, "Who said it?"))) as chat:
        start = answer(chat, "/start")
        assert start.labels() == [QUESTION, "Who said it?"]
        chat.telegram.presses(start, "When did")
        said = chat.telegram.wait_for(2)[-1]
        assert said.text.startswith(QUESTION)
        assert "The harbour reopened at noon" in said.text


def test_examples_are_questions_that_the_archive_answers(tmp_path: Path) -> None:
    with chatting(tmp_path, examples=True) as chat:
        assert wait_until(lambda: "What did Ada Lind say?" in answer_start(chat), seconds=10)


def answer_start(chat: Chat) -> list[str]:
    return answer(chat, "/start", number=len(chat.telegram.said) + 1).labels()


def test_an_inline_query_offers_proved_quotations(chat: Chat) -> None:
    query = chat.telegram.types(QUESTION)
    assert wait_until(lambda: query in chat.telegram.inline, seconds=5)
    results, button = chat.telegram.inline[query]
    assert button is None
    assert results[0][0] == "Morning Rival, 20 Oct 2020"
    assert results[2][1].of("blockquote") == ["The harbour reopened at noon on Monday."]
    assert all(tappable(said) == [] for _, said in results)


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "Type a question"), ("Who governs Atlantis?", "No sure answer: ask me and see why")],
)
def test_an_inline_query_without_an_answer_says_so(chat: Chat, text: str, told: str) -> None:
    query = chat.telegram.types(text)
    assert wait_until(lambda: query in chat.telegram.inline, seconds=5)
    assert chat.telegram.inline[query] == ([], told)


def test_only_the_last_of_what_somebody_types_is_asked(chat: Chat) -> None:
    wait_until(lambda: False, seconds=0.3)
    before = len(chat.asker.history)
    queries = [chat.telegram.types(QUESTION[:length]) for length in (12, 16, 20, len(QUESTION))]
    assert wait_until(lambda: queries[-1] in chat.telegram.inline, seconds=5)
    assert len(chat.asker.history) - before <= 2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BadQuestion("too long"), "A question has 1 to 1,000 characters."),
        (ArchiveLocked("locked"), "The archive cannot be read at the moment."),
        (ValueError("a fault"), "Something went wrong here"),
    ],
)
def test_what_goes_wrong_is_said(chat: Chat, error: Exception, told: str) -> None:
    chat.asker.error = error
    assert told in answer(chat, QUESTION).text


def test_a_slow_answer_is_typed_then_drafted_then_sent_whole(tmp_path: Path) -> None:
    with chatting(tmp_path, pause=0.6) as chat:
        said = answer(chat, QUESTION)
        assert chat.telegram.typed == [7]
        assert chat.telegram.drafts
        shown = [words.text for _, _, words in chat.telegram.drafts]
        assert all(one.endswith("…") for one in shown)
        assert "Morning Rival, 20 Oct 2020 [1]" in shown[0]
        assert len(said.words.of("blockquote")) == 3
        assert len(chat.telegram.said) == 1


@pytest.mark.parametrize("room", [GROUP, 7])
def test_where_there_are_no_drafts_one_message_is_edited_slowly_into_the_answer(
    tmp_path: Path, room: int
) -> None:
    telegram = FakeTelegram(unsupported={"sendMessageDraft"})
    with chatting(tmp_path, telegram=telegram, pause=0.9) as chat:
        telegram.says(f"/ask {QUESTION}", chat=room)
        assert wait_until(lambda: bool(telegram.said) and bool(telegram.said[0].rows), seconds=15)
        (said,) = telegram.said
        assert said.edits >= 2
        assert bool(said.to) == (room == GROUP)
        assert len(said.words.of("blockquote")) == 3
        assert chat.telegram.violations == []


def test_rooms_do_not_wait_for_one_another(tmp_path: Path) -> None:
    with chatting(tmp_path, pause=0.5, settings=fixed(TelegramSettings, at_once=4)()) as chat:
        begun = time.monotonic()
        for person in range(1, 5):
            chat.telegram.says(QUESTION, chat=person, person=person)
        chat.telegram.wait_for(4, seconds=15)
        assert time.monotonic() - begun < 4 * 5 * 0.5


def test_questions_of_one_room_are_answered_in_the_order_they_came(tmp_path: Path) -> None:
    with chatting(tmp_path, pause=0.05, settings=fixed(TelegramSettings, at_once=4)()) as chat:
        for number in range(5):
            chat.telegram.says(f"/ask When did the harbour reopen, {number}?" if number % 2 else "/id")
        chat.telegram.wait_for(5, seconds=15)
        assert ["You" in one.text for one in chat.telegram.said] == [True, False, True, False, True]
        assert chat.telegram.said[1].to, "more had been asked: it says what it answers"
        assert chat.telegram.said[-1].to is None
        asked = [one.text for one in chat.asker.asked if "reopen" in one.text]
        assert asked == ["When did the harbour reopen, 1?", "When did the harbour reopen, 3?"]
