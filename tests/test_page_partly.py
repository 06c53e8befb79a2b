"""A sentence of which a speaker owns only a part says so on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from http_fakes import FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

from bot.answers.answer import Answer, Voice
from bot.answers.asked import Asked

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM


class PartlyAsker(FakeAsker):
    """Says that Ada Lind owns a part of every sentence, or all of it where "whole" is asked for."""

    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        voice = Voice("named", partly="whole" not in question.text)
        told = [replace(one, speaker="Ada Lind", role="mayor", voice=voice) for one in answer.sentences]
        return replace(answer, sentences=tuple(told))


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with a_page(PartlyAsker(FakeLibrary()), tmp_path) as page:
        yield page


@pytest.mark.parametrize(
    ("question", "told"),
    [("lighthouse", "partly Ada Lind, mayor · "), ("whole+lighthouse", "Ada Lind, mayor · ")],
)
def test_the_page_says_that_a_part_is_theirs(page: Page, question: str, told: str) -> None:
    page.goto(f"/?q={question}")
    page.wait_for_selector(".footing")
    byline = page.locator("#sentences .byline").first.text_content() or ""
    assert byline.startswith(told)
    assert page.locator("#sentences .speaker").first.text_content() == "Ada Lind"
