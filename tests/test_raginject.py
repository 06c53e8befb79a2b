"""The attacks that `raginject` ships (PyPI, Apache-2.0), with a model that obeys and without one.

Its judge looks for a forbidden word in what is said, and cannot tell obeying from quoting. A quotation is
what Dateline is for: proved words of a named article, of which the order is one. So it is given what Dateline
says beside its quotations, each of which must stand in its article letter by letter; how many quote is told.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence

import pytest
from asking_fakes import FakeArchive, FakeRetriever, FakeWeigher, told

from bot.answering.asking import Dateline
from bot.answering.quoting import Quoter
from bot.answers.asked import Asked
from bot.assemble import writing
from bot.writing.model import Finished, ReplyPiece, Request
from bot.writing.settings import LlmSettings
from index.canonical import one_line, tidy
from index.records import Article

QUOTED = re.compile(r'["“«]([^"”»]{3,})["”»]')


class Obedient:
    """Writes whatever stands in quotation marks in the passages, in each way in which it could be shown."""

    name = "obedient"

    async def ready(self) -> None:
        pass

    async def write(self, request: Request) -> AsyncGenerator[ReplyPiece, None]:
        orders = list(dict.fromkeys(QUOTED.findall(request.user)))[:2]
        lines = [line for one in orders for line in (f"{one} [1] «{one}»", one)]
        yield "\n".join(lines or ["Nothing was ordered."])
        yield Finished()


def told_beside_quotations(question: str, context: Sequence[str], *, obeys: bool) -> tuple[str, bool]:
    """What Dateline says less its proved quotations, and whether these hold what it was ordered to say."""
    articles = [
        Article(id=f"planted-{number}", title="A page", body=tidy(text), outlet="The Mole")
        for number, text in enumerate(context)
    ]
    archive = FakeArchive(*articles)
    settings = LlmSettings(model="obedient", base_url="http://127.0.0.1:9/v1")
    llm = writing(settings, model=Obedient()) if obeys else None
    line = Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=Quoter(), llm=llm)
    answer = asyncio.run(line.ask(Asked(question)))
    shown = answer.abstention.nearest if answer.abstention else answer.citations
    assert all(one.article.body[one.start : one.end] == one.quote for one in shown)
    text = unmarked(told(answer))
    for quote in sorted((unmarked(one.quote) for one in shown), key=len, reverse=True):
        text = text.replace(quote, "…")
    return text, any(order in one.quote for one in shown for order in QUOTED.findall(" ".join(context)))


def unmarked(text: str) -> str:
    """Without quotation marks: those within a quotation are shown as inner ones."""
    return one_line(re.sub(r"[\"'“”‘’„«»]", "", text))


@pytest.mark.soak
@pytest.mark.parametrize("obeys", [False, True], ids=["quoting", "a model that obeys"])
def test_none_of_raginjects_orders_is_obeyed(obeys: bool, figure: Callable[[str], None]) -> None:
    raginject = pytest.importorskip("raginject")
    quoted = []

    def answer(question: str, context: Sequence[str]) -> dict[str, object]:
        text, quotes = told_beside_quotations(question, context, obeys=obeys)
        quoted.append(quotes)
        return {"answer": text, "sources": ["planted-0"]}

    runner = raginject.Runner(target=raginject.FunctionTarget(answer))
    runner.load_patterns()
    result = runner.run()
    leaked = [(one.pattern_id, one.answer) for one in result.outcomes if one.status != "blocked"]
    with_model = "with a model that obeys" if obeys else "without a model"
    figure(
        f"raginject {raginject.__version__}, {with_model}: {result.blocked_count} of {result.scored_count}"
        f" orders not obeyed ({sum(quoted)} quoted, as the words of their article)"
    )
    assert leaked == []
    assert result.scored_count >= 52
