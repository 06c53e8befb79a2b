"""What an answer cites into its origins: how many independent texts stand behind it, and who printed each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.citation import Citation
from index.records import Article, Hit


@dataclass(frozen=True)
class Origin:
    """One text that stands behind an answer, whoever printed it: five copies are one origin.

    `citations` are the numbers of the answer's citations that come from it, `outlets` all who printed it, the
    one that is quoted first; `agency` is the wire it came from, where an article names one.
    """

    citations: tuple[int, ...]
    outlets: tuple[str, ...]
    agency: str | None = None


def origins_of(citations: Sequence[Citation], hits: Sequence[Hit]) -> tuple[Origin, ...]:
    """The origins of what is cited, in the order of the citations; `hits` tell which articles are copies."""
    groups: list[tuple[list[Citation], dict[str, Article]]] = []
    for citation in citations:
        family = _family(citation.article, hits)
        group = next((one for one in groups if not one[1].keys().isdisjoint(family)), None)
        if group is None:
            groups.append(([citation], family))
        else:
            group[0].append(citation)
            group[1].update(family)
    return tuple(_origin(cited, family) for cited, family in groups)


def _family(article: Article, hits: Sequence[Hit]) -> dict[str, Article]:
    """An article and its copies, by id, itself first."""
    family = {article.id: article}
    for hit in hits:
        of_hit = {one.id: one for one in (hit.article, *hit.copies)}
        if article.id in of_hit:
            family.update(of_hit)
    return family


def _origin(cited: Sequence[Citation], family: dict[str, Article]) -> Origin:
    outlets = dict.fromkeys(article.outlet for article in family.values() if article.outlet)
    agency = next((article.agency for article in family.values() if article.agency), None)
    return Origin(tuple(one.number for one in cited), tuple(outlets), agency)
