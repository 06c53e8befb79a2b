"""A picture of two chats, made of what the bot really sent over an archive: `chat_picture.py HOME OUT.png`.

HOME is that of an archive of `seeds/`, as `make ask` leaves it in `.dateline`. The bot that runs is the real
one; Telegram is the strict fake of the tests. `OUT.html` is written beside the picture, which Debian's
Chromium takes of it.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from fake_telegram import TOKEN, FakeTelegram, Said, serving
from pydantic import SecretStr
from telegram_parts import running_bot
from telegram_rules import Words

from bot.assemble import assemble_with_archive
from bot.settings import load_settings
from bot.telegram.settings import TelegramSettings

Chat = Sequence[tuple[str, Sequence[Said]]]  # what somebody wrote, and what the bot said to it

ENGLISH = ("How wide is the Lachin corridor?", "Who brokered the third truce?")
RUSSIAN = ("Кто подписал заявление 10 ноября 2020 года?", "/check останавливаются на занимаемых ими позициях")
_MARKS = {"bold": "b", "italic": "i", "code": "code", "blockquote": "blockquote", "text_link": "u"}
_STYLE = """
body { margin: 0; padding: 12px; width: 716px; display: flex; gap: 10px; background: #fff; color: #111;
  font: 12px/1.35 "DejaVu Sans", sans-serif; align-items: flex-start; }
section { flex: 1; background: #dfe8dd; border-radius: 12px; padding: 12px; display: flex;
  flex-direction: column; gap: 8px; }
section > div { padding: 7px 9px; border-radius: 11px; white-space: pre-wrap; overflow-wrap: anywhere; }
.asked { align-self: flex-end; max-width: 85%; background: #e6fdd2; }
.said { max-width: 94%; background: #fff; }
blockquote { margin: 2px 0; padding: 3px 8px; border-left: 3px solid #3a7bbf; background: #eef4fa;
  border-radius: 4px; }
u { color: #2a6db0; text-decoration: none; } code { font: inherit; }
nav { display: grid; gap: 4px; max-width: 94%; } nav div { display: flex; gap: 4px; }
nav span { flex: 1; text-align: center; padding: 5px; border-radius: 8px; background: #ffffffb3; }
"""


def talked(home: Path, questions: Sequence[str], *, language: str) -> Chat:
    """One private chat: each question, and the messages that answered it."""
    telegram, told = FakeTelegram(), list[tuple[str, Sequence[Said]]]()
    with (
        serving(telegram) as address,
        tempfile.TemporaryDirectory() as desk,
        assemble_with_archive(load_settings({"home": home})) as (asker, archive),
    ):
        settings = replace(TelegramSettings(), examples=("Who?",), token=SecretStr(TOKEN), api=address)
        with running_bot(asker, archive, settings, home=Path(desk)):
            for question in questions:
                before = len(telegram.said)
                telegram.says(question, language=language)
                telegram.wait_for(before + 1, seconds=60.0)
                told.append((question, telegram.said[before:]))
    assert not telegram.violations, telegram.violations
    return told


def page(chats: Sequence[Chat]) -> str:
    """The chats side by side, as HTML by itself."""
    head = f'<!doctype html><meta charset="utf-8"><title>In Telegram</title><style>{_STYLE}</style>'
    return "\n".join([head, *(f"<section>{''.join(_bubbles(chat))}</section>" for chat in chats)])


def _bubbles(chat: Chat) -> Iterator[str]:
    for question, replies in chat:
        yield f'<div class="asked">{html.escape(question)}</div>'
        for said in replies:
            yield f'<div class="said">{_marked(said.words)}</div>'
            rows = (
                "".join(f"<span>{html.escape(str(one['text']))}</span>" for one in row) for row in said.rows
            )
            yield f"<nav>{''.join(f'<div>{row}</div>' for row in rows)}</nav>"


def _marked(said: Words) -> str:
    """A text with its entities, which are nested, as HTML; offsets are units of UTF-16."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for kind, at, length, _ in sorted(said.entities, key=lambda one: (one[1], -one[2])):
        opens.setdefault(at, []).append(f"<{_MARKS[kind]}>")
        closes.setdefault(at + length, []).insert(0, f"</{_MARKS[kind]}>")
    parts, unit = list[str](), 0
    for letter in said.text:
        parts += [*closes.pop(unit, []), *opens.pop(unit, []), html.escape(letter)]
        unit += 2 if letter > "\uffff" else 1
    return "".join([*parts, *closes.pop(unit, [])]).replace("</blockquote>\n", "</blockquote>")


def picture(markup: str, path: Path) -> None:
    """What Chromium shows of the page, as a PNG."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 740, "height": 400})
        shown.set_content(markup)
        shown.screenshot(path=path, full_page=True)
        browser.close()


def main(home: Path, out: Path) -> None:
    """Talk, and write the page and its picture."""
    chats = [talked(home, ENGLISH, language="en"), talked(home, RUSSIAN, language="ru")]
    markup = page(chats)
    out.with_suffix(".html").write_text(markup, encoding="utf-8")
    picture(markup, out)
    sys.stdout.write(f"{out}: {out.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
