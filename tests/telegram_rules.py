"""What the Bot API takes, as strictly as its documentation says it; a `Refused` for everything else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

Json = dict[str, object]
KINDS = {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
         "code", "pre", "text_link"}  # fmt: skip
ACTIONS = {"typing", "upload_photo", "find_location"}
LONGEST = 4096


class Refused(Exception):
    """An answer of the Bot API other than "ok"."""

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, chat: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters: Json = {}
        if retry_after is not None:
            self.parameters["retry_after"] = retry_after
        if chat is not None:
            self.parameters["migrate_to_chat_id"] = chat


def bad(what: str) -> Refused:
    return Refused(400, f"Bad Request: {what}")


@dataclass(frozen=True)
class Words:
    """Checked text with its entities."""

    text: str
    entities: tuple[tuple[str, int, int, str | None], ...]

    def of(self, kind: str) -> list[str]:
        """The words that are marked as `kind`."""
        wide = self.text.encode("utf-16-le")
        return [
            wide[2 * at : 2 * (at + length)].decode("utf-16-le")
            for name, at, length, _ in self.entities
            if name == kind
        ]


def words(given: Mapping[str, str], *, text: str = "text", entities: str = "entities") -> Words:
    """The text of a request, checked with its entities."""
    if "parse_mode" in given:
        raise bad("can't parse entities: this bot promised never to use a parse mode")
    said = given.get(text, "")
    if not said.strip():
        raise bad("message text is empty")
    if len(said.encode("utf-16-le")) // 2 > LONGEST:
        raise bad("message is too long")
    if said != said.strip():
        raise bad("can't parse entities: white space around the text would move them")
    found = json.loads(given.get(entities, "[]"))
    return Words(said, check_entities(said, found))


def check_entities(
    text: str, found: Sequence[Mapping[str, object]]
) -> tuple[tuple[str, int, int, str | None], ...]:
    wide = text.encode("utf-16-le")
    if len(found) > 100:
        raise bad("can't parse entities: too many, the rest would be dropped")
    checked: list[tuple[str, int, int, str | None]] = []
    for one in found:
        kind, at, length = one.get("type"), one.get("offset"), one.get("length")
        if kind not in KINDS or not isinstance(at, int) or not isinstance(length, int):
            raise bad(f"can't parse entities: {one}")
        if at < 0 or length <= 0 or at + length > len(wide) // 2:
            raise bad(f"can't parse entities: out of the text: {one}")
        for edge in (at, at + length):
            if (
                0 < edge < len(wide) // 2
                and 0xDC00 <= int.from_bytes(wide[2 * edge : 2 * edge + 2], "little") <= 0xDFFF
            ):
                raise bad(f"can't parse entities: within a surrogate pair: {one}")
        inside = wide[2 * at : 2 * (at + length)].decode("utf-16-le")
        if inside != inside.strip():
            raise bad(f"can't parse entities: white space at an edge: {inside!r}")
        url = one.get("url")
        if (kind == "text_link") != isinstance(url, str) or (isinstance(url, str) and not _is_web(url)):
            raise bad(f"can't parse entities: {one}")
        checked.append((str(kind), at, length, url if isinstance(url, str) else None))
    _check_nesting(checked)
    return tuple(checked)


def _is_web(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", url)


def _check_nesting(found: Sequence[tuple[str, int, int, str | None]]) -> None:
    alone = {"code", "pre", "text_link"}
    for number, (kind, at, length, _) in enumerate(found):
        for other, start, size, _ in found[number + 1 :]:
            if start >= at + length or at >= start + size:
                continue
            nested = (at <= start and start + size <= at + length) or (
                start <= at and at + length <= start + size
            )
            quotes = kind.endswith("blockquote") and other.endswith("blockquote")
            mixed = {kind, other} & alone and not any(one.endswith("blockquote") for one in (kind, other))
            if not nested or quotes or mixed:
                raise bad(f"can't parse entities: {kind} at {at} and {other} at {start} overlap")


# What Telegram makes tappable by itself, wherever no code and no link stands.
_AUTO = re.compile(
    r"https?://\S+|\b(?:[\w-]+\.)+(?:com|org|net|ru|az|am|uk|io|info|example|exe|рф)\b|@[A-Za-z]\w{3,}|(?<!\w)#\w+"
    r"|\$[A-Z]{2,8}\b|(?<![\w/])/[A-Za-z0-9_]{1,64}|\+\d[\d ()-]{6,}\d|\b\d{4} ?\d{4} ?\d{4} ?\d{4}\b",
    re.IGNORECASE,
)


def tappable(said: Words) -> list[str]:
    """What a reader could tap that is neither a button nor a link of the bot's own making."""
    units = [letter for letter in said.text for _ in range(2 if letter > "\uffff" else 1)]
    inert = [False] * len(units)
    for kind, at, length, _ in said.entities:
        if kind in ("code", "pre", "text_link"):
            inert[at : at + length] = [True] * length
    offsets = [0]
    for letter in said.text:
        offsets.append(offsets[-1] + (2 if letter > "\uffff" else 1))
    return [
        found[0]
        for found in _AUTO.finditer(said.text)
        if not all(inert[offsets[found.start()] : offsets[found.end()]])
    ]


def check_markup(given: Mapping[str, str]) -> list[list[Json]]:
    if "reply_markup" not in given:
        return []
    rows = json.loads(given["reply_markup"])["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(not 1 <= len(row) <= 8 for row in rows):
        raise bad("reply markup is too long")
    for button in buttons:
        if not str(button.get("text", "")).strip():
            raise bad("inline keyboard button text is empty")
        if not 1 <= len(str(button.get("callback_data", "")).encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    return rows


def check_commands(given: Mapping[str, str]) -> None:
    commands = json.loads(given["commands"])
    if len(commands) > 100:
        raise bad("too many commands")
    for one in commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", one["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def check_inline(given: Mapping[str, str]) -> list[tuple[str, Words]]:
    """The results of an inline query: (title, what would be sent)."""
    results = json.loads(given["results"])
    if len(results) > 50 or len({one["id"] for one in results}) != len(results):
        raise bad("RESULT_ID_DUPLICATE")
    button = json.loads(given.get("button", "null"))
    if button and not (
        1 <= len(button["text"]) <= 64 and re.fullmatch(r"[\w-]{0,64}", button.get("start_parameter", ""))
    ):
        raise bad("inline query results button is invalid")
    checked = []
    for one in results:
        content = one["input_message_content"]
        if one["type"] != "article" or not one["title"].strip() or not 1 <= len(one["id"].encode()) <= 64:
            raise bad("inline result is invalid")
        said = words({"text": content["message_text"], "entities": json.dumps(content.get("entities", []))})
        checked.append((one["title"], said))
    return checked
