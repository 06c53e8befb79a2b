"""How well copies are told from separate reports: pairs of articles through a real archive.

    python -m eval.studies.origins [--json]

The copies are made by code from the articles of `seeds/`, by twelve kinds of edit
(`eval.studies.edited_copies`); the separate reports of one event are those of `seeds/` and of
`eval/studies/events.jsonl`, written for this. The pairs "by hand" are six wires (`eval/studies/desks.jsonl`),
each with two or three copies, edited as desks do, and separate reports that share much with it: a long
statement, a press release, background. All articles go into one archive, which must give copies one origin
and all others two.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import click

from eval.cases import BadCase
from eval.run import seeds_folder
from eval.studies.edited_copies import EDITS
from index.articles.draft import Found
from index.articles.read import read_paths
from index.canonical import tidy
from index.encoding.encoders import load_encoder
from index.errors import Refusal
from index.records import Article
from index.storage.archive import Archive
from index.storage.ingest import ingest

PAIRS = 200
_EVENTS = Path(__file__).parent / "events.jsonl"
DESKS = Path(__file__).parent / "desks.jsonl"  # ids: "gale.wire", "gale.copy.cut-to-a-third", "gale.apart.…"
_SEED = 9
_Joined = Counter[tuple[str, bool, bool]]  # (kind, copies, one origin)

# Articles of seeds/ that tell of one event, each written from other reports than its neighbours.
_TOLD_APART = (
    ("lavrov-monitoring-wire", "lavrov-truce-desk"), ("lavrov-monitoring-gazette", "lavrov-truce-desk"),
    ("november-statement", "november-statement-early"), ("november-statement", "kalbajar-extension"),
    ("shusha-notebook", "shushi-notebook"), ("washington-truce", "washington-truce-breaks"),
    ("toll-19-october", "toll-27-october"), ("moscow-statement", "truce-18-october"),
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two ids, what the second is to the first, and whether they are copies."""

    one: str
    other: str
    kind: str
    copies: bool


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.option(
    "--cache", type=click.Path(path_type=Path), default=Path(".dateline") / "encoders", show_default=True
)
def main(as_json: bool, cache: Path) -> None:
    """Count which pairs of articles the archive takes for copies."""
    articles, pairs = all_pairs()
    origins = _origins(articles, cache)
    hand = [pair for pair in pairs if pair.one.endswith(".wire")]
    code = [pair for pair in pairs if pair not in hand]
    by_code, by_hand = (_joined(some, origins) for some in (code, hand))
    if as_json:
        click.echo(json.dumps({**_figures(by_code), "by_hand": _figures(by_hand)}))
        return
    for title, joined in (("by code", by_code), ("by hand", by_hand)):
        click.echo(f"{title}\n{_table(joined, _figures(joined))}")


def all_pairs() -> tuple[list[Article], list[Pair]]:
    """All articles; the pairs made by code and those that were drawn, then those by hand."""
    originals, told, desks = (read_all([one]) for one in (seeds_folder(), _EVENTS, DESKS))
    copies, pairs = _copied(originals)
    pairs += _apart(originals, told)
    pairs += _unrelated([*originals, *told], PAIRS - len(pairs))
    return [*originals, *told, *copies, *desks], [*pairs, *_by_hand(desks)]


def read_all(paths: Sequence[Path]) -> list[Article]:
    """The articles of files; raises `BadCase` where one is refused."""
    found = list(read_paths(paths))
    refused = [one for one in found if isinstance(one, Refusal)]
    if refused:
        raise BadCase(f"{refused[0].where}: {refused[0].reason}")
    return [one.article for one in found if isinstance(one, Found)]


def _copied(originals: Sequence[Article]) -> tuple[list[Article], list[Pair]]:
    """Nine copies by each kind of edit, of articles in turn; the reprint among the seeds is left out."""
    chance = random.Random(_SEED)
    able = [article for article in originals if article.id != "lavrov-monitoring-gazette"]
    copies, pairs = [], []
    for n, (kind, edit) in enumerate(EDITS.items()):
        for k in range(9):
            original = able[(n * 5 + k) % len(able)]
            copy = replace(
                original, id=f"{original.id}~{kind}", title=f"{k}: {kind}", outlet="Second Outlet", url=None
            )
            copies.append(replace(copy, body=tidy(edit(original.body, chance))))
            pairs.append(Pair(original.id, copy.id, kind, copies=True))
    return copies, pairs


def _apart(originals: Sequence[Article], told: Sequence[Article]) -> list[Pair]:
    """Separate reports of one event: those named above, and those of one event in `events.jsonl`."""
    known = {article.id for article in originals}
    pairs = [
        Pair(one, other, "told apart", copies=False) for one, other in _TOLD_APART if {one, other} <= known
    ]
    for one, other in combinations(told, 2):
        if one.id.partition(".")[0] == other.id.partition(".")[0]:
            pairs.append(Pair(one.id, other.id, "told apart", copies=False))
    return pairs


def _unrelated(articles: Sequence[Article], count: int) -> list[Pair]:
    """Pairs of different events, drawn at random."""
    chance = random.Random(_SEED)
    apart = {frozenset(pair) for pair in _TOLD_APART} | {
        frozenset(("lavrov-monitoring-wire", "lavrov-monitoring-gazette"))
    }
    able = [
        Pair(one.id, other.id, "different events", copies=False)
        for one, other in combinations(articles, 2)
        if one.id.partition(".")[0] != other.id.partition(".")[0]
        and frozenset((one.id, other.id)) not in apart
    ]
    return chance.sample(able, max(0, count))


def _by_hand(desks: Sequence[Article]) -> list[Pair]:
    """Each wire beside its copies and the separate reports of its event, with what was done to them."""
    named = ((article.id, *article.id.split(".", 2)[:2], article.id.split(".", 2)[-1]) for article in desks)
    return [
        Pair(f"{event}.wire", name, kind, copies=role == "copy")
        for name, event, role, kind in named
        if role != "wire"
    ]


def _joined(pairs: Sequence[Pair], origins: Mapping[str, str]) -> _Joined:
    return Counter((pair.kind, pair.copies, origins[pair.one] == origins[pair.other]) for pair in pairs)


def _origins(articles: Sequence[Article], cache: Path) -> dict[str, str]:
    """Each article's origin, by the first id of its copies."""
    encoder = load_encoder(cache=cache)
    with tempfile.TemporaryDirectory() as home, Archive.open(Path(home), encoder, write=True) as archive:
        ingest(archive, encoder, [Found(article, article.id, ()) for article in articles])
        return {one.id: min([one.id, *(copy.id for copy in archive.copies_of(one.id))]) for one in articles}


def _figures(joined: _Joined) -> dict[str, float]:
    right = sum(n for (_, copies, same), n in joined.items() if copies and same)
    said = sum(n for (_, _, same), n in joined.items() if same)
    real = sum(n for (_, copies, _), n in joined.items() if copies)
    return {"pairs": sum(joined.values()), "precision": right / max(1, said), "recall": right / max(1, real)}


def _table(joined: _Joined, figures: dict[str, float]) -> str:
    return "\n".join([*_rows(joined), " · ".join(f"{name} {value:.3g}" for name, value in figures.items())])


def _rows(joined: _Joined) -> Iterator[str]:
    for kind, copies in dict.fromkeys((kind, copies) for kind, copies, _ in joined):
        one, two = joined[kind, copies, True], joined[kind, copies, False]
        yield f"{kind:44} one origin {one:3}, two {two:3}   expected {'one' if copies else 'two'}"


if __name__ == "__main__":
    main()
