"""Telegram, as far as a bot sees it: the Bot API over HTTP, strict, with people who write and press buttons.

Updates are kept until a request with a higher offset confirms them, and are sent again until then.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from telegram_rules import (
    ACTIONS,
    Json,
    Refused,
    Words,
    bad,
    check_commands,
    check_inline,
    check_markup,
    words,
)

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
BOT_ID = 110201543
BOT = {
    "id": BOT_ID,
    "is_bot": True,
    "first_name": "Dateline",
    "username": "dateline_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
EDIT_EVERY = 1.4  # the bot promises 1.5 seconds


class DropsConnection(Exception):
    """The request was carried out, but its answer gets lost."""


@dataclass
class Said:
    """A message of the bot, as its readers see it now."""

    chat: int
    number: int
    words: Words
    rows: list[list[Json]]
    to: int | None
    at: float
    thread: int | None = None
    edits: int = 0

    @property
    def text(self) -> str:
        return self.words.text

    def button(self, label: str) -> str:
        """The data of the first button whose label has these words."""
        for row in self.rows:
            for one in row:
                if label in str(one["text"]):
                    return str(one["callback_data"])
        raise AssertionError(f"no button {label!r} among {self.rows}")

    def labels(self) -> list[str]:
        return [str(one["text"]) for row in self.rows for one in row]


Fault = Callable[[str, dict[str, str]], None]


@dataclass
class FakeTelegram:
    """One bot's Telegram; every method is called by HTTP threads and by tests."""

    fault: Fault | None = None  # before a request is carried out
    lost: Fault | None = None  # after that, before its answer is on the way
    said: list[Said] = field(default_factory=list)
    drafts: list[tuple[int, int, Words]] = field(default_factory=list)
    typed: list[int] = field(default_factory=list)
    notices: dict[str, str] = field(default_factory=dict)
    inline: dict[str, tuple[list[tuple[str, Words]], str | None]] = field(default_factory=dict)
    commands: dict[str, list[str]] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    unsupported: set[str] = field(default_factory=set)
    webhook: tuple[str, str] | None = None
    pending: dict[int, Json] = field(default_factory=dict)
    _next: int = 1
    _message: int = 1
    _chats: dict[int, str] = field(default_factory=dict)
    _queries: set[str] = field(default_factory=set)
    _turn: threading.Condition = field(default_factory=threading.Condition)
    _poll: int = 0

    # People

    def says(
        self,
        text: str,
        *,
        chat: int = 7,
        person: int = 7,
        language: str | None = "en",
        to: Json | None = None,
        thread: int | None = None,
        **more: object,
    ) -> int:
        """Somebody writes a message; its number. Groups have negative numbers."""
        message = self._written(text, chat, person, language) | more
        if to is not None:
            message["reply_to_message"] = to
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        self.push({"message": message})
        return int(str(message["message_id"]))

    def presses(self, said: Said, label: str, *, person: int = 7, language: str = "en") -> str:
        """Somebody presses a button; the number of the press."""
        message = self.as_json(said) | {"reply_markup": {"inline_keyboard": said.rows}}
        query = f"q{self._next}"
        self._queries.add(query)
        self.push(
            {"callback_query": {"id": query, "from": _user(person, language), "message": message,
                                "chat_instance": "1", "data": said.button(label)}}
        )  # fmt: skip
        return query

    def types(self, text: str, *, person: int = 7, language: str = "en") -> str:
        """Somebody types behind the bot's name in another chat."""
        query = f"i{self._next}"
        self._queries.add(query)
        self.push(
            {"inline_query": {"id": query, "from": _user(person, language), "query": text, "offset": ""}}
        )
        return query

    def as_json(self, said: Said) -> Json:
        """A message of the bot as updates have it."""
        return {"message_id": said.number, "date": int(said.at), "chat": self._chat(said.chat), "from": BOT,
                "text": said.text}  # fmt: skip

    def _written(self, text: str, chat: int, person: int, language: str | None) -> Json:
        patterns = {"bot_command": r"(?<!\S)/\w+(?:@\w+)?", "mention": r"(?<![\w/])@\w{4,}"}
        entities = [
            {"type": kind, "offset": _units(text[: found.start()]), "length": _units(found[0])}
            for kind, pattern in patterns.items()
            for found in re.finditer(pattern, text)
        ]
        with self._turn:
            self._message += 1
            number = self._message
        return {"message_id": number, "date": int(time.time()), "chat": self._chat(chat), "text": text,
                "from": _user(person, language), "entities": entities}  # fmt: skip

    def _chat(self, chat: int) -> Json:
        self._chats[chat] = "private" if chat > 0 else "supergroup"
        name: Json = {"first_name": f"Person {chat}"} if chat > 0 else {"title": f"Group {chat}"}
        return {"id": chat, "type": self._chats[chat], **name}

    def push(self, update: Json) -> int:
        """Something happens; by webhook it is posted until it is taken."""
        with self._turn:
            number = self._next
            self._next += 1
            self.pending[number] = {"update_id": number, **update}
            self._turn.notify_all()
        if self.webhook:
            self.deliver(number)
        return number

    def deliver(self, number: int, *, secret: str | None = None) -> int:
        """Post an update to the webhook once; the status it is answered with."""
        assert self.webhook
        address, known = self.webhook
        request = urllib.request.Request(
            address,
            json.dumps(self.pending[number]).encode(),
            {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret or known},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                self.pending.pop(number, None)
                return int(answer.status)
        except urllib.error.HTTPError as exc:
            return exc.code

    # Waiting, for tests

    def wait_for(self, count: int, *, chat: int | None = None, seconds: float = 10.0) -> list[Said]:
        """The bot's messages, when there are so many; fails when they do not come."""
        end = time.monotonic() + seconds
        while True:
            found = [one for one in self.said if chat is None or one.chat == chat]
            if len(found) >= count:
                return found
            assert time.monotonic() < end, f"{len(found)} of {count} messages: {[one.text for one in found]}"
            time.sleep(0.01)

    # The Bot API

    def call(self, method: str, given: dict[str, str]) -> object:
        self.calls.append(method)
        if self.fault:
            self.fault(method, given)
        handler = getattr(self, f"_{method}", None)
        if handler is None or method in self.unsupported:
            raise Refused(404, "Not Found")
        result = handler(given)
        if self.lost:
            self.lost(method, given)
        return result

    def _getMe(self, given: dict[str, str]) -> object:  # noqa: N802
        return BOT

    def _getUpdates(self, given: dict[str, str]) -> object:  # noqa: N802
        offset, wait = int(given.get("offset", "0")), float(given.get("timeout", "0"))
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        with self._turn:
            self._poll += 1
            mine = self._poll
            self._turn.notify_all()  # an older request of another poller ends
            for number in [one for one in self.pending if one < offset]:
                del self.pending[number]
            end = time.monotonic() + wait
            while not self.pending and self._poll == mine and time.monotonic() < end:
                self._turn.wait(end - time.monotonic())
            if self._poll != mine:
                raise Refused(
                    409, "Conflict: terminated by other getUpdates request; make sure that only one bot"
                )
            return [self.pending[number] for number in sorted(self.pending)][:100]

    def _setWebhook(self, given: dict[str, str]) -> object:  # noqa: N802
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get("secret_token", "")):
            raise bad("secret token contains unallowed characters")
        self.webhook = (given["url"], given["secret_token"])
        return True

    def _deleteWebhook(self, given: dict[str, str]) -> object:  # noqa: N802
        self.webhook = None
        return True

    def _sendMessage(self, given: dict[str, str]) -> object:  # noqa: N802
        chat = self._known(given)
        checked, rows = words(given), check_markup(given)
        to = json.loads(given.get("reply_parameters", "{}"))
        if to.get("message_id") in self.deleted:
            if not to.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
            to = {}
        with self._turn:
            self._message += 1
            said = Said(chat, self._message, checked, rows, to.get("message_id"), time.time())
            said.thread = int(given["message_thread_id"]) if "message_thread_id" in given else None
            self.said.append(said)
        if json.loads(given.get("link_preview_options", "{}")).get("is_disabled") is not True:
            self.violations.append("a preview would be loaded")
        return self.as_json(said)

    def _editMessageText(self, given: dict[str, str]) -> object:  # noqa: N802
        chat = self._known(given)
        said = next(
            (one for one in self.said if (one.chat, one.number) == (chat, int(given["message_id"]))), None
        )
        if said is None:
            raise bad("message to edit not found")
        checked, rows = words(given), check_markup(given)
        if (checked, rows) == (said.words, said.rows):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same"
            )
        if said.edits and not rows and time.time() - said.at < EDIT_EVERY:
            self.violations.append(f"edited again after {time.time() - said.at:.2f} s")
        said.words, said.rows, said.at, said.edits = checked, rows, time.time(), said.edits + 1
        return self.as_json(said)

    def _sendMessageDraft(self, given: dict[str, str]) -> object:  # noqa: N802
        chat = self._known(given)
        if chat < 0 or not int(given["draft_id"]):
            raise bad("drafts are for private chats")
        self.drafts.append((chat, int(given["draft_id"]), words(given)))
        return True

    def _sendChatAction(self, given: dict[str, str]) -> object:  # noqa: N802
        if given["action"] not in ACTIONS:
            raise bad("wrong parameter action in request")
        self.typed.append(self._known(given))
        return True

    def _answerCallbackQuery(self, given: dict[str, str]) -> object:  # noqa: N802
        query, text = given["callback_query_id"], given.get("text", "")
        if query not in self._queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(text) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self._queries.discard(query)
        self.notices[query] = text
        return True

    def _answerInlineQuery(self, given: dict[str, str]) -> object:  # noqa: N802
        if given["inline_query_id"] not in self._queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        results, button = check_inline(given), json.loads(given.get("button", "null"))
        self._queries.discard(given["inline_query_id"])
        self.inline[given["inline_query_id"]] = (results, button["text"] if button else None)
        return True

    def _setMyCommands(self, given: dict[str, str]) -> object:  # noqa: N802
        check_commands(given)
        scope = json.loads(given.get("scope", "{}")).get("type", "default")
        names = [one["command"] for one in json.loads(given["commands"])]
        self.commands[f"{scope}:{given.get('language_code', '')}"] = names
        return True

    def _setMyDescription(self, given: dict[str, str]) -> object:  # noqa: N802
        if len(given["description"]) > 512:
            raise bad("description is too long")
        return True

    def _setMyShortDescription(self, given: dict[str, str]) -> object:  # noqa: N802
        if len(given["short_description"]) > 120:
            raise bad("short description is too long")
        return True

    def _known(self, given: dict[str, str]) -> int:
        chat = int(given["chat_id"])
        if chat in self.moved:
            raise Refused(
                400, "Bad Request: group chat was upgraded to a supergroup chat", chat=self.moved[chat]
            )
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat not in self._chats and chat not in self.moved.values():
            raise bad("chat not found")
        return chat


def _user(person: int, language: str | None) -> Json:
    user: Json = {"id": person, "is_bot": False, "first_name": f"Person {person}"}
    return user | {"language_code": language} if language else user


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@contextmanager
def serving(fake: FakeTelegram) -> Iterator[str]:
    """The address for a bot's `base_url`, such as "http://127.0.0.1:41234/bot"."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(length).decode()
            if len(body) < length:  # the bot was killed in the middle of it; a body is ASCII
                self.close_connection = True
                return
            found = re.fullmatch(r"/bot([^/]+)/(\w+)", self.path)
            try:
                if found is None or found[1] != TOKEN:
                    raise Refused(401, "Unauthorized")
                result = fake.call(
                    found[2], dict(parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)))
                )
                self._answer(200, {"ok": True, "result": result})
            except Refused as exc:
                more: Json = {"parameters": exc.parameters} if exc.parameters else {}
                self._answer(
                    exc.code, {"ok": False, "error_code": exc.code, "description": exc.description, **more}
                )
            except DropsConnection:
                self.close_connection = True

        def _answer(self, code: int, value: Json) -> None:
            html = code >= 500 or (code == 200 and not value["ok"])
            told = b"<html>Bad Gateway</html>" if html else json.dumps(value).encode()
            try:
                self.send_response(code)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)
            except OSError:  # the bot was killed
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Bots that are killed leave connections behind; anything else is a fault of this file."""
            if not isinstance(error := sys.exc_info()[1], OSError):
                fake.violations.append(f"the fake failed: {error!r}")

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/bot"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
