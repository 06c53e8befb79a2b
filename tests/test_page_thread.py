"""A thread on the page: follow-ups with what was asked before, and a history that no server keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from http_fakes import FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.answers.notes import ReadAs

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM


class ThreadAsker(FakeAsker):
    """Reads what follows other questions as its own words after theirs; knows Atlas for Atlantis."""

    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        if answer.abstention:
            answer = replace(answer, abstention=replace(answer.abstention, near=("lighthouse",)))
        return replace(answer, notes=(ReadAs(f"{question.text} of all"),)) if question.history else answer


@pytest.fixture(scope="module")
def asker() -> ThreadAsker:
    return ThreadAsker(FakeLibrary())


@pytest.fixture(scope="module")
def page(asker: ThreadAsker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with a_page(asker, tmp_path_factory.mktemp("home")) as page:
        yield page


def test_a_follow_up_is_asked_with_its_thread_and_says_how_it_was_read(
    page: Page, asker: ThreadAsker
) -> None:
    page.goto("/?q=Which+cranes+were+lost&outlet=Morning+Rival")
    page.fill(".follow input", "And the harbour?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".read-as")
    assert page.text_content(".read-as") == "read as “And the harbour? of all”"
    assert asker.asked[-1].history == ("Which cranes were lost",)
    assert asker.asked[-1].filters.outlet == ("Morning Rival",)
    page.reload()
    page.wait_for_selector(".read-as")  # the address holds the thread
    page.click(".earlier a")
    page.wait_for_selector("#asked:has-text('cranes')")
    page.wait_for_selector(".footing")
    assert (asker.asked[-1].history, page.locator(".earlier").count()) == ((), 0)


def test_what_was_asked_is_known_to_the_browser_until_it_forgets(page: Page) -> None:
    page.goto("/?q=Is+the+lighthouse+burned")
    page.wait_for_selector(".footing")
    page.click(".follow >> text=New question")
    assert page.evaluate("document.activeElement.id") == "question"
    assert page.text_content("#remembered li") == "Is the lighthouse burned"
    page.click("#forget")
    assert page.is_hidden("#remembered-part")
    page.reload()
    page.wait_for_selector("#latest li")
    assert page.is_hidden("#remembered-part")


def test_another_spelling_is_one_click(page: Page, asker: ThreadAsker) -> None:
    page.goto("/?q=Who+burned+Atlantis")
    page.click(".meant a")
    page.wait_for_selector("#asked:has-text('lighthouse')")
    assert asker.asked[-1].text == "Who burned lighthouse"


def test_an_address_opens_an_article_at_its_passage(page: Page) -> None:
    page.goto("/?q=Which+cranes+were+lost")
    page.click("#sentences .marker >> nth=1")
    page.wait_for_selector("#article .proof:not(:empty)")
    quoted = page.text_content("#quote")
    page.goto(f"/{page.get_attribute('#article .actions a >> text=Address', 'href')}")
    page.wait_for_selector("#article .proof:has-text('✓')")
    assert page.url.endswith("#quote")
    assert page.text_content("#quote") == quoted
    assert page.is_visible("#latest")
    page.goto("/?article=no-such")
    page.wait_for_selector("#article .notice")


def test_an_answer_that_is_marked_is_kept_for_the_owner(page: Page) -> None:
    page.goto("/?q=Which+cranes+were+lost")
    page.click(".judging >> text=Wrong")
    page.wait_for_selector(".judging:has-text('Thank you')")
