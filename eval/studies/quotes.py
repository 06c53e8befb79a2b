"""Quotations written apart from the code, and what each is found to be.

A set is a folder with `cases.jsonl`: `{"id", "text", "speaker", "verdict", "articles"}` a line, `verdict`
one of `word_for_word`, `altered`, `spliced`, `other_speaker` and `absent`, `speaker` a name or null, over its
`articles.jsonl` or `articles.jsonl.gz`; or over an archive that is there already (`--home`). Run as
`python -m eval.studies.quotes FOLDER`. What is said beyond these five, `speaker_unclear`, is never right.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.checking.checker import QuoteChecker
from bot.checking.records import CheckedQuote, QuoteVerdict
from bot.settings import load_settings
from bot.showing.checks import check_lines
from bot.showing.wording import words_of
from index.articles.read import read_paths
from index.encoding.encoders import load_encoder
from index.errors import BadInput
from index.storage.archive import Archive
from index.storage.ingest import ingest

ExpectedVerdict = Literal["word_for_word", "altered", "spliced", "other_speaker", "absent"]
_ARTICLES = ("articles.jsonl.gz", "articles.jsonl")


class QuoteCase(BaseModel):
    """A quotation and what it is; `articles` are those that it stands in or was made of."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    text: Annotated[str, StringConstraints(min_length=1)]
    speaker: str | None = None
    verdict: ExpectedVerdict
    articles: tuple[str, ...] = ()


def read_quote_cases(folder: Path) -> list[QuoteCase]:
    """The cases of a set.

    Raises:
        BadInput: there is no `cases.jsonl`, or a line of it is none; the first fault is named.
    """
    path = folder / "cases.jsonl"
    if not path.is_file():
        raise BadInput(f"{path}: there is no such file, expected a case a line")
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                found.append(QuoteCase.model_validate_json(line))
            except ValidationError as exc:
                fault = exc.errors(include_url=False)[0]
                where = ".".join(map(str, fault["loc"])) or "line"
                raise BadInput(f"{path} line {number}: {where}: {fault['msg']}") from exc
    return found


def figures(cases: Sequence[QuoteCase], checked: Sequence[CheckedQuote]) -> dict[str, float]:
    """The share of right verdicts, how often "word for word" was false, and the share of right articles.

    Articles are right where one of those that are expected is among those told; of 1 where none is expected.
    """
    pairs = list(zip(cases, checked, strict=True))
    placed = [case for case in cases if case.articles and case.verdict != "absent"]
    return {
        "cases": len(cases),
        "right": sum(one.verdict == case.verdict for case, one in pairs) / max(1, len(pairs)),
        "false word for word": sum(_is_false(case, one) for case, one in pairs),
        "right article": sum(case in placed and _is_placed(case, one) for case, one in pairs)
        / max(1, len(placed)),
    }


def _is_false(case: QuoteCase, checked: CheckedQuote) -> bool:
    return checked.verdict == "word_for_word" != case.verdict


def _is_placed(case: QuoteCase, checked: CheckedQuote) -> bool:
    told = {article.id for place in checked.places for article in (place.article, *place.also_in)}
    told |= {piece.place.article.id for piece in checked.pieces}
    told |= {article.id for piece in checked.pieces for article in piece.place.also_in}
    told |= {checked.nearest.citation.article.id} if checked.nearest else set()
    return bool(told & set(case.articles))


def table(cases: Sequence[QuoteCase], checked: Sequence[CheckedQuote]) -> list[str]:
    """A line a verdict that is expected, with how often each was given."""
    given: tuple[QuoteVerdict, ...] = get_args(QuoteVerdict)
    counts = Counter((case.verdict, one.verdict) for case, one in zip(cases, checked, strict=True))
    head = f"{'expected / given':18}" + "".join(f"{name:>17}" for name in given)
    rows = [
        f"{expected:18}" + "".join(f"{counts[expected, name] or '·':>17}" for name in given)
        for expected in get_args(ExpectedVerdict)
    ]
    return [head, *rows]


@contextmanager
def _archive(folder: Path, home: Path | None) -> Iterator[Archive]:
    if home is not None:
        with Archive.open(home) as archive:
            yield archive
        return
    files = [folder / name for name in _ARTICLES if (folder / name).is_file()]
    if not files:
        raise BadInput(f"{folder}: has no {' or '.join(_ARTICLES)}, expected one, or --home DIR")
    encoder = load_encoder(cache=load_settings({}).cache / "encoders")
    with tempfile.TemporaryDirectory() as made, Archive.open(Path(made), encoder, write=True) as archive:
        ingest(archive, encoder, read_paths(files[:1]))
        yield archive


def main() -> None:
    """Print the confusion table and the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder with cases.jsonl and, without --home, articles")
    parser.add_argument("--home", type=Path, help="check against the archive in this folder")
    parser.add_argument("--misses", action="store_true", help="print each case that was not right")
    arguments = parser.parse_args()
    try:
        cases = read_quote_cases(arguments.folder)
        with _archive(arguments.folder, arguments.home) as archive:
            checker = QuoteChecker(archive)
            checked = [checker.check(case.text, speaker=case.speaker) for case in cases]
    except BadInput as exc:
        parser.error(str(exc))
    if arguments.misses:
        _print_misses(cases, checked)
    print("\n".join(table(cases, checked)))  # noqa: T201
    print(" · ".join(f"{name} {value:.3g}" for name, value in figures(cases, checked).items()))  # noqa: T201


def _print_misses(cases: Sequence[QuoteCase], checked: Sequence[CheckedQuote]) -> None:
    for case, one in zip(cases, checked, strict=True):
        if one.verdict != case.verdict:
            asked = f" [{case.speaker}]" if case.speaker else ""
            print(f"{case.id}: expected {case.verdict}{asked}: {case.text}")  # noqa: T201
            print("".join(f"    {line}\n" for line in check_lines(one, words_of())))  # noqa: T201


if __name__ == "__main__":
    main()
