"""What readers mark becomes cases that the eval reads, and nothing else."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from http_fakes import FakeAsker, FakeLibrary, serving

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from eval.cases import Case, load_set

QUESTION = "When did the harbour reopen?"


def marked(home: Path, *bodies: dict[str, object], settings: HttpSettings | None = None) -> list[int]:
    library = FakeLibrary()
    app = create_app(
        FakeAsker(library), library, keys=KeyRing(home / "keys.json"), settings=settings, home=home
    )
    with serving(app) as address:
        told = httpx.get(f"{address}/status").json()["feedback"]
        assert told == bool((settings or HttpSettings()).feedback)
        return [httpx.post(f"{address}/feedback", json=one).status_code for one in bodies]


def test_every_judgement_is_a_case_that_the_eval_reads(tmp_path: Path) -> None:
    said: dict[str, object] = {"question": QUESTION, "said": ["noon"], "articles": ["gazette-0412"]}
    judged = [{**said, "judgement": one} for one in ("good", "wrong", "not_an_answer")]
    silent: dict[str, object] = {"question": QUESTION, "judgement": "good", "filters": {"since": "2020"}}
    assert marked(tmp_path, *judged, silent) == [201] * 4
    good, wrong, none, right_to_abstain = load_set(tmp_path / "eval" / "feedback").cases
    assert (good.answer, good.articles) == ((("noon",),), ("gazette-0412",))
    assert (wrong.wrong, wrong.to_abstain) == (("noon",), False)
    assert none.to_abstain and right_to_abstain.to_abstain
    assert isinstance(good, Case) and right_to_abstain.filters.since == "2020"


@pytest.mark.parametrize("body", [{"question": QUESTION}, {"question": QUESTION, "judgement": "fine"}])
def test_what_is_no_judgement_is_refused(tmp_path: Path, body: dict[str, object]) -> None:
    assert marked(tmp_path, body) == [422]
    assert not (tmp_path / "eval").exists()


def test_a_public_server_keeps_none(tmp_path: Path) -> None:
    body: dict[str, object] = {"question": QUESTION, "judgement": "good"}
    assert marked(tmp_path, body, settings=HttpSettings(feedback=False)) == [404]
