"""Articles and drafts for the tests of the proof of drafted sentences."""

from __future__ import annotations

from bot.verify.records import Checked, Drafted, Shown
from bot.verify.verify import Verifier
from index.records import Article, Hit, Passage

COD = Article(
    "cod",
    "Norway sells more cod",
    "Anna Berg, the fisheries minister of Norway, said on Monday that the country had sold 400,000 tonnes "
    "of cod. "
    "“We did not expect such a year”, Berg said. The price rose by 3 percentage points to 12 per cent "
    "above that of 2019.\n\n"
    "Iceland sold nearly 250,000 tonnes, worth $1.9 billion, between 3 May and 9 May. Its fleet may grow "
    "next year. "
    "No trawler was lost. The Harbour Union in Bergen denied that it had blocked the port on 4 May.\n\n"
    "The talks in Oslo lasted for five days. Per Moe, the head of the union, promised to return to the "
    "table. "
    "Norway defeated Iceland in the dispute over quotas. Bergen gets 90 boats by 20 May and Oslo gets 380 "
    "boats by 1 June.",
    outlet="Harbour Gazette",
    published="2020-05-12T08:00",
)
HERRING = Article(
    "herring",
    "Herring returns",
    "Herring returned to the fjords in April. Lena Dahl counted 12 shoals near Bergen.",
    outlet="Fjord Post",
    published="2020-05-10",
)


def shown(*articles: Article) -> list[Shown]:
    """Each article as one passage, numbered from 1."""
    return [
        Shown(n, Hit(Passage(one.id, one.revision, 0, 0, len(one.body), one.body, ()), one, 1.0))
        for n, one in enumerate(articles or (COD, HERRING), start=1)
    ]


def check(
    verifier: Verifier, text: str, relied: str = "", *, cites: tuple[int, ...] = (1,), before: str = ""
) -> Checked:
    """A sentence held against the two articles; `relied` are words of the first that it cites."""
    relies_on = ((cites[0], relied),) if relied and cites else ()
    return verifier.check(Drafted(text, cites, relies_on, before), shown())


def kinds(checked: Checked) -> set[str]:
    """The kinds of its findings."""
    return {one.kind for one in checked.findings}
