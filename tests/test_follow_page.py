"""Following on the page: a button under an answer, a list with what is new, an end."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from follow_parts import LATER, QUESTION, FollowedLibrary
from http_fakes import HARBOUR, FakeAsker
from page_browser import NEEDS_CHROMIUM, a_page

from bot.follows.teller import Teller
from bot.http.follows import HttpFollows
from bot.settings import load_settings
from bot.telling import teller_of

pytestmark = NEEDS_CHROMIUM


def test_a_question_is_followed_its_news_is_new_once_and_it_is_let_go(tmp_path: Path) -> None:
    library, settings = FollowedLibrary(HARBOUR), load_settings({"home": tmp_path})
    asker, follows = FakeAsker(library), HttpFollows(settings, library)
    with a_page(asker, tmp_path, follows=follows) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(f"/?q={QUESTION}")
        page.get_by_role("button", name="Follow this question").click()
        page.get_by_text("whatever is new of it is told once").wait_for()
        library.take(LATER)
        teller = teller_of(settings, follows.desk, asker=asker, archive=library)
        _turn(teller)
        page.goto("/")
        page.get_by_role("link", name="Following (1 new)").click()
        page.locator(".telling q").first.wait_for()
        assert page.locator(".telling .label").all_text_contents() == ["Another origin", "It says"]
        assert page.locator(".telling strong").all_text_contents() == ["New "]
        assert page.locator(".telling q").first.text_content() == LATER.body[:60].split(".")[0] + "."
        page.get_by_role("link", name="Northern Desk, 21 Oct 2020").click()
        page.wait_for_selector("#article .proof:not(:empty)")
        assert page.locator("#following").text_content() == "Following"
        assert (page.get_by_role("link", name="Atom feed").get_attribute("href") or "").startswith(
            "follows.atom?"
        )
        page.goto("/?view=following")
        assert page.locator(".telling strong").count() == 0
        page.get_by_role("button", name="Follow no more").click()
        page.get_by_text("No longer followed.").wait_for()
        assert errors == []
    asyncio.run(follows.close())


def _turn(teller: Teller) -> None:
    """In a thread: playwright has a loop of its own in this one."""
    thread = threading.Thread(target=lambda: asyncio.run(teller.turn(patient=False)))
    thread.start()
    thread.join()
