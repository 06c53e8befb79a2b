from __future__ import annotations

import pytest

from bot.lexicon import load_lexicon
from bot.verify.records import Drafted, Shown
from bot.verify.verify import Verifier
from index.records import Article, Hit, Passage

BODY = "Anna Berg, the minister of fisheries, said on Monday that Norway had sold 400,000 tonnes of cod. The price rose."


def shown(*bodies: str) -> list[Shown]:
    articles = [Article(f"a{n}", "Cod", body) for n, body in enumerate(bodies, start=1)]
    return [
        Shown(n, Hit(Passage(one.id, one.revision, 0, 0, len(one.body), one.body, ()), one, 1.0))
        for n, one in enumerate(articles, start=1)
    ]


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(load_lexicon())


def test_an_articles_own_sentence_is_quoted(verifier: Verifier) -> None:
    checked = verifier.check(Drafted("The price rose.", (1,), ((1, "The price rose"),)), shown(BODY))
    assert checked.proved
    assert checked.verdict == "quoted"
    (place,) = checked.places
    assert place.article.body[place.span.start : place.span.end] == "The price rose."


def test_a_number_that_was_never_sent_is_found(verifier: Verifier) -> None:
    checked = verifier.check(Drafted("The price rose.", (7,), ((7, "The price rose"),)), shown(BODY))
    assert not checked.proved
    assert "unknown_passage" in {one.kind for one in checked.findings}


def test_a_sentence_without_a_citation_is_not_proved(verifier: Verifier) -> None:
    checked = verifier.check(Drafted("The price rose."), shown(BODY))
    assert [one.kind for one in checked.findings][:1] == ["no_citation"]
