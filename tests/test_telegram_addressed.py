"""What is asked: a text without the bot's name, or the words that it replies to, in Telegram's units."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_telegram import BOT
from telegram_parts import QUESTION, Chat, chatting

GROUP = -1001
LONG = f"{'A long story. ' * 90}Who lost cranes? {'It goes on. ' * 90}"
BOB = {"id": 8, "is_bot": False, "first_name": "Bob"}
SUPERGROUP = {"id": GROUP, "type": "supergroup", "title": "g"}
STORY = {"message_id": 1, "date": 0, "chat": SUPERGROUP, "from": BOB, "text": LONG}
MARKED = {"text": "Who lost cranes?", "position": LONG.index("Who"), "is_manual": True}
ELSEWHERE = {"origin": {"type": "user", "date": 1, "sender_user": BOB}}
Json = dict[str, object]


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    with chatting(tmp_path_factory.mktemp("home")) as running:
        yield running


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def marked(text: str, words: str, kind: str = "mention", *, last: bool = False, **more: object) -> Json:
    """An entity over words of a text."""
    at = text.rindex(words) if last else text.index(words)
    return {"type": kind, "offset": units(text[:at]), "length": units(words), **more}


def asked(chat: Chat, text: str, *, room: int = GROUP, **more: object) -> str:
    """What the archive is asked when a message comes."""
    before = len(chat.telegram.said)
    chat.telegram.says(text, chat=room, **more)
    chat.telegram.wait_for(before + 1)
    return chat.asker.asked[-1].text


ME = "@dateline_bot"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"@dateline_botfan and {ME} who opened it?", "@dateline_botfan and who opened it?"),
        (f"{ME}fan {ME}, who opened it?", f"{ME}fan, who opened it?"),
        (f"Who opened it? 👩‍⚕️🌊 {ME}", "Who opened it? 👩‍⚕️🌊"),
        (f"🌊🌊 {ME.upper()} who opened it?", "🌊🌊 who opened it?"),
        (f"Hey {ME}, who opened it?", "Hey, who opened it?"),
        (f"{ME}: who opened it, {ME}?", "who opened it,?"),
        (f"Tell me, /ask{ME} who opened it?", "Tell me, who opened it?"),
    ],
)
def test_a_mention_is_cut_out_where_it_stands(chat: Chat, text: str, left: str) -> None:
    assert asked(chat, text) == left


def test_a_mention_without_a_name_is_cut_out_where_it_stands(chat: Chat) -> None:
    text = "🌊 Dateline says: Dateline, who opened it?"
    entity = marked(text, "Dateline", "text_mention", last=True, user=BOT)
    assert asked(chat, text, entities=[entity]) == "🌊 Dateline says:, who opened it?"


def test_a_caption_is_read_as_a_text_is(chat: Chat) -> None:
    caption = f"🌊 {ME}fan {ME} who opened it?"
    entities = [marked(caption, f"{ME}fan"), marked(caption, ME, last=True)]
    photo = [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]
    said = asked(chat, "", photo=photo, caption=caption, caption_entities=entities)
    assert said == f"🌊 {ME}fan who opened it?"


@pytest.mark.parametrize("text", [ME, "/ask", f"/ask{ME}"])
@pytest.mark.parametrize("reply", [{"to": STORY}, {"external_reply": ELSEWHERE}], ids=["here", "elsewhere"])
def test_the_words_that_were_marked_in_a_message_are_asked(chat: Chat, text: str, reply: Json) -> None:
    assert asked(chat, text, quote=MARKED, **reply) == "Who lost cranes?"


def test_words_of_ones_own_go_before_those_that_were_marked(chat: Chat) -> None:
    assert asked(chat, f"{ME} {QUESTION}", to=STORY, quote=MARKED) == QUESTION


@pytest.mark.parametrize(
    "told",
    [
        {"pinned_message": {**STORY, "text": "x"}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {"from_request": False}},
    ],
    ids=lambda told: next(iter(told)),
)
def test_what_telegram_tells_of_a_private_chat_is_no_question(chat: Chat, told: Json) -> None:
    before = len(chat.telegram.said)
    chat.telegram.says("", **told)
    chat.telegram.says("/id")
    assert chat.telegram.wait_for(before + 1)[-1].text.startswith("You: 7.")


def test_what_is_written_in_a_topic_that_the_bot_opened_is_not_said_to_it(chat: Chat) -> None:
    before = len(chat.telegram.said)
    opened = {"message_id": 3, "date": 1, "chat": SUPERGROUP, "from": BOT,
              "forum_topic_created": {"name": "News", "icon_color": 1}}  # fmt: skip
    chat.telegram.says(QUESTION, chat=GROUP, thread=3, to=opened)
    chat.telegram.says("/id", chat=GROUP, thread=3)
    assert chat.telegram.wait_for(before + 1)[-1].text.startswith("You: 7.")
