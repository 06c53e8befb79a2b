"""An answer that a language model writes, over the server's stream and on the page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from asking_fakes import LUND, MOE
from http_fakes import FakeLibrary, serving, wait_until
from llm_fakes import PLANTED, STOCK, settings_for, written_by
from misbehaving_llm import Log, misbehaving
from page_browser import CHROMIUM, NEEDS_CHROMIUM

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings


@pytest.fixture
def log() -> Iterator[Log]:
    with misbehaving() as running:
        yield running


@pytest.fixture(params=["good"])
def address(request: pytest.FixtureRequest, log: Log, tmp_path: Path) -> Iterator[str]:
    asker = written_by(settings_for(log.url, request.param))[0]
    library = FakeLibrary(LUND, MOE, PLANTED)
    settings = HttpSettings(rate_per_address=0)
    with serving(create_app(asker, library, keys=KeyRing(tmp_path / "k.json"), settings=settings)) as at:
        yield at


def events(address: str, body: Mapping[str, object]) -> list[tuple[str, dict[str, object]]]:
    found = []
    with httpx.stream("POST", f"{address}/ask/stream", json=body, timeout=30) as response:
        for block in "".join(response.iter_text()).split("\n\n"):
            rows = dict(row.split(": ", 1) for row in block.splitlines() if ": " in row)
            if "data" in rows:
                found.append((rows["event"], json.loads(rows["data"])))
    return found


def test_the_stream_gives_hits_then_proved_sentences_then_the_answer(address: str) -> None:
    (_, _), *sentences, (name, answer) = events(address, {"question": STOCK})
    assert (name, answer["llm"], answer["cut"]) == ("answer", "good", [])
    assert [one["sentence"] for _, one in sentences] == answer["sentences"]
    assert answer["usage"] == {
        "calls": 1,
        "input": 900,
        "output": answer["usage"]["output"],
        "estimated": False,
    }  # type: ignore[index]


@pytest.mark.parametrize("address", ["stalls"], indirect=True)
def test_a_client_that_leaves_ends_the_models_stream(address: str, log: Log) -> None:
    with httpx.stream("POST", f"{address}/ask/stream", json={"question": STOCK}, timeout=30) as response:
        for row in response.iter_lines():
            if row == "event: sentence":
                break
        assert log.left == 0
    assert wait_until(lambda: log.left == 1, seconds=5)


def test_a_request_may_do_without_the_model(address: str, log: Log) -> None:
    answer = httpx.post(f"{address}/ask", json={"question": STOCK, "llm": False}, timeout=30).json()
    assert (answer["llm"], answer["usage"], log.requests) == (None, None, [])


def test_a_chat_program_is_told_the_tokens(address: str) -> None:
    chat = {"messages": [{"role": "user", "content": STOCK}]}
    reply = httpx.post(f"{address}/v1/chat/completions", json=chat, timeout=30).json()
    assert reply["usage"]["prompt_tokens"] == 900
    assert reply["dateline"]["llm"] == "good"


@pytest.mark.parametrize("address", ["retelling"], indirect=True)
@pytest.mark.parametrize(
    ("wording", "verdict"), [(None, "quoted"), ("proved", "quoted"), ("marked", "marked")]
)
def test_a_request_says_what_is_shown_of_unproved_words(
    address: str, wording: str | None, verdict: str
) -> None:
    asked = {"question": STOCK, "wording": wording}
    (sentence,) = httpx.post(f"{address}/ask", json=asked, timeout=30).json()["sentences"]
    assert sentence["verdict"] == verdict
    assert sentence["wording"] == (
        "Things have become far worse with the stock." if verdict == "marked" else None
    )
    assert "1990" in sentence["text"]


@NEEDS_CHROMIUM
@pytest.mark.parametrize("address", ["retelling"], indirect=True)
def test_the_page_shows_the_models_own_words_marked_where_the_switch_is_on(address: str) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(base_url=address)
        page.goto("/")
        page.wait_for_selector("#wording-part:not([hidden])", timeout=20_000)
        page.check("#wording")
        page.fill("#question", STOCK)
        page.keyboard.press("Enter")
        page.wait_for_selector(".footing", timeout=20_000)
        marked = page.text_content(".said.marked")
        assert marked and marked.startswith("In the model’s words, not proved")
        assert "far worse" in marked and "1990" in marked
        assert "its own words not" in page.text_content(".footing")
        browser.close()


@NEEDS_CHROMIUM
@pytest.mark.parametrize("address", ["good", "spliced"], indirect=True)
def test_the_page_says_who_wrote_and_what_was_cut(address: str, log: Log) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(base_url=address)
        page.goto("/")
        page.fill("#question", STOCK)
        page.keyboard.press("Enter")
        page.wait_for_selector(".footing", timeout=20_000)
        footing, cut = page.text_content(".footing"), page.locator(".cut")
        if log.forged:
            assert footing.startswith("Quoted · ")
            assert "nothing that spliced wrote stands in the passages" in footing
            assert "without words in the articles" in cut.text_content()
            assert not any(text in page.text_content("#sentences") for text in log.forged)
        else:
            assert footing.startswith("Chosen by good, every sentence proved · ")
            assert cut.count() == 0
        assert page.locator("#sentences .said").count() >= 1
        browser.close()
