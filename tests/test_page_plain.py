"""The page without JavaScript: each answer, article and passage has an address that is enough."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from http_fakes import HARBOUR, HOSTILE, RIVAL, FakeAsker, FakeLibrary
from starlette.testclient import TestClient

from bot.answers.answer import Abstention, Answer
from bot.answers.asked import Asked
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from index.storage.records import StoryArticle

QUOTED = HARBOUR.body.index("“We lost")
HOSTILE_PARTS = ("<script>document", "<img src=x", '"><script', "\u202e", "\u2067", "javascript:document")


@pytest.fixture(scope="module")
def asker() -> FakeAsker:
    library = FakeLibrary()
    library.told = [[StoryArticle(HARBOUR), StoryArticle(RIVAL, retracts=True)]]
    library.groups = [[HARBOUR, HOSTILE]]
    return FakeAsker(library)


@pytest.fixture(scope="module")
def client(asker: FakeAsker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    keys = KeyRing(tmp_path_factory.mktemp("home") / "keys.json")
    with TestClient(
        create_app(asker, asker.library, keys=keys, settings=HttpSettings(rate_per_address=0))
    ) as client:
        yield client


def test_a_question_in_an_address_has_its_whole_answer(client: TestClient, asker: FakeAsker) -> None:
    got = client.get("/?q=Which+cranes+were+lost&after=Who+is+mayor&outlet=Harbour+Gazette&since=&as_of=")
    assert got.status_code == 200
    assert (asker.asked[-1].history, asker.asked[-1].filters.outlet) == (
        ("Who is mayor",),
        ("Harbour Gazette",),
    )
    section = got.text.partition('<section class="plain"')[2].partition("</section>")[0]
    assert section.count("“We lost four cranes,” said mayor Ada Lind.") == 1
    assert "Sure" in section
    lead = re.search(r'class="marker" href="([^"]+)"', got.text)
    assert lead
    passage = client.get(lead[1].replace("&amp;", "&").removeprefix("?").join(["/?", ""]))
    assert '<mark id="quote">“We lost four cranes,” said mayor Ada Lind.</mark>' in passage.text
    given = re.search(r'id="given">(.*?)</script>', got.text)
    assert given
    assert json.loads(given[1])["status"] == "answered"
    assert '<input type="hidden" name="after" value="Which cranes were lost">' in got.text


def test_an_abstention_says_why_and_what_may_be_meant(client: TestClient) -> None:
    text = client.get("/?q=Who+rules+Atlantis").text
    for words in ("Not there", "Not in the archive", "mentions &#39;Atlantis&#39;", "not taken as an answer"):
        assert words in text


class NearAsker(FakeAsker):
    """Knows other spellings of what the archive lacks: of the outlet where one is asked for."""

    async def ask(self, question: Asked) -> Answer:
        lacking = question.filters.outlet or ("Atlantis",)
        return Answer(question.text, abstention=Abstention("not_in_archive", lacking, near=("Nearby",)))


def test_what_may_be_meant_is_a_click_away(tmp_path: Path) -> None:
    library = FakeLibrary()
    app = create_app(NearAsker(library), library, keys=KeyRing(tmp_path / "keys.json"))
    with TestClient(app) as client:
        assert 'href="?q=Who+rules+Nearby"' in client.get("/?q=Who+rules+Atlantis").text
        assert 'href="?q=Who+rules&amp;outlet=Nearby"' in client.get("/?q=Who+rules&outlet=Near").text


def test_an_article_is_whole_with_its_story_and_its_copies(client: TestClient) -> None:
    text = client.get(f"/?article={HARBOUR.id}").text
    for paragraph in HARBOUR.body.split("\n\n"):
        assert f'<p dir="auto">{paragraph}</p>' in text
    assert "takes back what was said" in text
    assert "Also printed by" in text
    assert f'<meta property="og:title" content="{HARBOUR.title}">' in text
    assert "<mark" not in client.get(f"/?article={HARBOUR.id}&start=90000&end=90001").text


def test_a_list_leads_to_every_article(client: TestClient) -> None:
    text = client.get("/?view=articles").text
    assert f'href="?article={quote(RIVAL.id)}"' in text
    assert 'href="?view=articles&amp;since=2020-10-01&amp;until=2020-10-31"' in text
    only = client.get("/?view=articles&outlet=Morning+Rival").text
    assert (HARBOUR.title in only, RIVAL.title in only) == (False, True)


@pytest.mark.parametrize("view", ["stories", "copies"])
def test_what_belongs_together_stands_together(client: TestClient, view: str) -> None:
    for address in (f"/?view={view}", f"/?view={view}&article={HARBOUR.id}"):
        section = client.get(address).text.partition('<section class="plain"')[2]
        assert section.count('<li class="copied">') == 1
        assert section.count('class="headline"') == 2


@pytest.mark.parametrize("address", ["/?q=lighthouse", "/?article=hostile", "/?view=articles"])
def test_nothing_foreign_becomes_html(client: TestClient, address: str) -> None:
    text = re.sub(r'<script type="application/json".*?</script>', "", client.get(address).text)
    assert [part for part in HOSTILE_PARTS if part in text] == []
    assert "&lt;" in text


def test_an_answer_that_comes_with_the_page_cannot_end_its_block(client: TestClient) -> None:
    (given,) = re.findall(r'id="given">(.*?)</script>', client.get("/?q=lighthouse").text)
    assert "<" not in given
    assert "</script> The lighthouse" in json.loads(given)["citations"][0]["quote"]


def test_what_cannot_be_shown_is_a_page_that_says_so(client: TestClient) -> None:
    for address, status, words in (
        ("/?article=no-such", 404, "no article"),
        ("/?q=x&since=May", 422, "since"),
        ("/?q=%20", 200, "Dateline"),
    ):
        got = client.get(address)
        assert (got.status_code, got.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert words in got.text


def test_a_key_is_needed_for_what_an_address_names(tmp_path: Path) -> None:
    library = FakeLibrary()
    app = create_app(
        FakeAsker(library),
        library,
        keys=KeyRing(tmp_path / "keys.json"),
        settings=HttpSettings(require_key=True),
    )
    with TestClient(app) as client:
        assert client.get("/").status_code == 200
        for address in ("/?q=cranes", f"/?article={HARBOUR.id}", "/?view=articles"):
            got = client.get(address)
            assert got.status_code == 401
            assert "answers only with a key" in got.text
            assert 'id="question"' in got.text
            assert "cranes," not in got.text
