"""What chat programs ask of a model beside the questions of a person: a title, tags, what to search for.

Open WebUI sends such prompts three times a chat, LibreChat once. They are no questions to an archive: they
are answered from the words of the chat alone, in the form that each expects; nothing is looked up or counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from bot.answers.asked import LONGEST
from bot.language.lexicon import Lexicon
from bot.showing.wording import words_of

_TITLE_LETTERS = 50
_MOST_TAGS = 3
_TASK = re.compile(r"\s*### Task:", re.IGNORECASE)  # Open WebUI's; what follows says in which JSON
_KEY = re.compile(r"""\{\s*"(title|tags|follow_ups|queries|prompt|text)"\s*:""")
_HISTORY = re.compile(r"<chat_history>(.*?)(?:</chat_history>|\Z)", re.DOTALL)
_LIBRECHAT = re.compile(
    r"\s*(?:(?:please )?(?:provide|generate|write)\b[^\n]{0,80}"
    r"\btitle (?:for|of) (?:the|this|a) (?:conversation|chat)\b"
    r"|analyze this conversation and provide:.{0,300}\btitle\b)",
    re.IGNORECASE | re.DOTALL,
)
# Open WebUI's documents and web pages end with the first of these before a question, which older ones put in
# the tags of the second.
_DOCUMENTS_END = "</context>"
_QUERY = ("<user_query>", "</user_query>")
# The answers of several models that are to be made one.
_ANSWERS = re.compile(
    r"\s*You have been provided with a set of responses from various models to the latest user query:"
    r' "(?P<question>\S.*?)"\s*\n.*',
    re.IGNORECASE | re.DOTALL,
)
_TOOLS = re.compile(r"\s*Available Tools:", re.IGNORECASE)
_EMOJI = re.compile(r"\s*Your task is to reflect the speaker's likely facial expression", re.IGNORECASE)
# A message of a chat as these programs write it down: "USER: Who runs the port?", "||>User:\n…", "Human: …".
_SAID = re.compile(
    r"^[ \t]*+(?:\|\|>)?[ \t]*+(user|human|assistant|ai|response)[ \t]*:[ \t]*", re.IGNORECASE | re.MULTILINE
)


def task_reply(prompt: str, systems: Sequence[str], *, lexicon: Lexicon) -> str | None:
    """The reply to a task of a chat program; None where the prompt is a question of a person.

    `systems` are the texts of the system's messages of the chat.
    """
    if any(_TOOLS.match(text) for text in systems):
        return json.dumps({"tool_calls": []})
    if _EMOJI.match(prompt):
        return "📰"
    if _LIBRECHAT.match(prompt):
        return title_of(_first_question(prompt))
    if not _TASK.match(prompt):
        return None
    history = _HISTORY.search(prompt)
    key = _KEY.search(prompt[: history.start()] if history else prompt)
    said = _first_question(history[1] if history else "")
    match key[1] if key else None:
        case "title":
            return _json({"title": title_of(said)})
        case "tags":
            return _json({"tags": _tags(said, lexicon)})
        case "follow_ups":
            return _json({"follow_ups": []})  # nothing is offered that the archive may not answer
        case "queries":
            return _json(
                {"queries": [last] if (last := _last_question(history[1] if history else "")) else []}
            )
        case "prompt":
            return _json({"prompt": said})
        case "text":
            return _json({"text": ""})
        case _ if history:
            return title_of(said)
        case _:  # a summary of what is dropped from a long chat: the questions, by which others are read
            return "\n".join(_questions(prompt)) or title_of("")


def person_asked(message: str) -> str:
    """What a person asks in a message, without the documents or answers that a chat program put beside it."""
    found = _ANSWERS.fullmatch(message)
    return found["question"] if found else _behind_documents(message) or message


def _behind_documents(message: str) -> str:
    """The question behind documents; empty where there are none."""
    _, end, behind = message.rpartition(_DOCUMENTS_END)
    before, after = _QUERY
    is_question = end and _TASK.match(message)
    return behind.strip().removeprefix(before).removesuffix(after).strip() if is_question else ""


def title_of(question: str) -> str:
    """A question as the title of its chat: its first words, without the mark at its end."""
    words = " ".join(question.split()).rstrip("?!. …")
    if len(words) > _TITLE_LETTERS:
        words = words[:_TITLE_LETTERS].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return words or words_of().say("chats.title")


def _tags(question: str, lexicon: Lexicon) -> list[str]:
    names = [word.text for word in lexicon.read(question[:LONGEST]) if word.name and not word.plain]
    return [words_of().say("chats.tag"), *dict.fromkeys(names)][: _MOST_TAGS + 1]


def _first_question(history: str) -> str:
    return next(iter(_questions(history)), "")


def _last_question(history: str) -> str:
    return (_questions(history) or [""])[-1]


def _questions(history: str) -> list[str]:
    """What the person said in a chat that is written down, in order."""
    parts = _SAID.split(history)
    said = zip(parts[1::2], parts[2::2], strict=True)
    own = (words.strip().strip('"').strip() for who, words in said if who.lower() in ("user", "human"))
    return [text for text in own if text]


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
