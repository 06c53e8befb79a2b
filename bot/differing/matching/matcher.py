"""Pairs of values into how they stand to one another, by ONNX Runtime; and two reports into how they differ.

The network is the reader's encoder, trained further on pairs of sentences written for it, with a layer over
the first token and the two values (Baldini Soares et al., "Matching the Blanks", 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.differing.comparing import alike_of, are_told_apart
from bot.differing.matching.rows import MarkedSide, PairRow, RowMaker
from bot.differing.matching.values import ValuePair, unlike_values
from bot.differing.pairs import Extent, Pair, Reports
from bot.language.sentence import NewsSentence
from bot.weighing.reader.network import checked_model, load_checked
from bot.weighing.reader.tokens import load_tokenizer
from index.encoding.session import SideBySide
from index.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = "matcher.onnx"
INPUTS = ("input_ids", "attention_mask", "token_type_ids", "first", "second")
# How two values may stand to one another, in the order of the network's scores.
RELATIONS = ("differ", "same", "update", "part", "scope", "event", "sister")
# From which probability on two values differ, figures and days, and names. Of 262 pairs kept apart from
# training these find 0.53 of those that differ and 0.023 of the others; the rules alone 0.09 and 0.052.
SURE, SURE_NAMES = 0.7, 0.8
TWO_THINGS = 0.5  # of a figure or day: from which on no name of its two reports is told to differ
_COUNTED = ("figure", "date")
EACH, MOST = 8, 24  # pairs of values that are read, of two reports and of all that are compared at once


@dataclass(frozen=True)
class ValueMatch:
    """How likely two values of one thing differ, one is a newer state of the other, or of another event."""

    differs: float
    newer: float
    of_two: float


class Matcher:
    """Reads pairs of values, several side by side; the network is loaded when the first is read."""

    def __init__(self, *, folder: Path | None = None, threads: int | None = None) -> None:
        """`folder` has MODEL and its sum, None being what ships with Dateline; `threads`: as `SideBySide`."""
        self._folder = folder or Path(str(files("bot.differing.matching")))
        self._side_by_side = SideBySide(threads, name="matching")
        self._loading = Lock()

    def compare(self, reports: Sequence[Reports]) -> list[Pair | None]:
        """Of each two reports the likeliest value in which they differ, or of which one has a newer state.

        At most `MOST` values are read, of the first reports first.

        Raises EncoderError (WrongWeights) when the network cannot be loaded or run.
        """
        found = [(n, pair) for n, both in enumerate(reports) for pair in islice(unlike_values(both), EACH)]
        read = [(n, pair, match) for (n, pair), match in
                zip(found, self.match([pair for _, pair in found[:MOST]]), strict=False)]  # fmt: skip
        two = {n for n, pair, match in read if pair.kind in _COUNTED and match.of_two > TWO_THINGS}
        told: dict[int, tuple[float, Pair]] = {}
        for n, pair, match in read:
            way, likely = _told(match, pair), max(match.differs, match.newer)
            named = pair.kind not in _COUNTED
            sure = likely >= (SURE_NAMES if named else SURE) and not (named and n in two)
            if sure and likely > told.get(n, (0.0, way))[0] and not _are_told_apart(pair.reports, way):
                told[n] = likely, way
        return [told[n][1] if n in told else None for n in range(len(reports))]

    def match(self, pairs: Sequence[ValuePair]) -> list[ValueMatch]:
        """How each pair stands, in order."""
        return self._side_by_side.map(self._match, pairs) if pairs else []

    def _match(self, pair: ValuePair) -> ValueMatch:
        one, other = pair.reports.both
        odds = self._likely(self._rows.row(_side(one, pair.first), _side(other, pair.second)))
        likely = dict(zip(RELATIONS, odds.tolist(), strict=True))
        return ValueMatch(likely["differ"], likely["update"], likely["event"] + likely["sister"])

    def _likely(self, row: PairRow) -> NDArray[np.float32]:
        ids = np.array([row.ids], dtype=np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": (np.arange(len(row.ids)) >= row.second).astype(np.int64)[None],
            "first": np.array([row.marks[0]], dtype=np.int64),
            "second": np.array([row.marks[1]], dtype=np.int64),
        }
        session = self._session
        try:
            (scores,) = session.run(["relations"], given)
        except Exception as exc:  # onnxruntime raises its own classes, which share no base but Exception
            raise EncoderError(f"the matcher could not read {len(row.ids)} tokens: {exc}") from exc
        odds = np.exp(scores[0] - scores[0].max())
        return np.asarray(odds / odds.sum(), dtype=np.float32)

    @cached_property
    def _session(self) -> InferenceSession:
        with self._loading:
            return load_checked(checked_model(self._folder, MODEL), MODEL)

    @cached_property
    def _rows(self) -> RowMaker:
        return RowMaker(load_tokenizer())


def _side(report: NewsSentence, value: Extent) -> MarkedSide:
    article = report.article
    return MarkedSide(report.text, value.start, value.end, article.published, article.title)


def _told(match: ValueMatch, pair: ValuePair) -> Pair:
    """What two reports are told to differ in, or what has changed since the earlier."""
    newer = pair.reports.order != 0 and match.newer > match.differs
    return pair.reports.pair("update" if newer else pair.kind, pair.first, pair.second)


def _are_told_apart(reports: Reports, way: Pair) -> bool:
    """Whether the rules know that two things are told of, however likely they seem to be one."""
    alike = alike_of(reports)
    others = way.kind in ("figure", "date", "update") and alike.only_one and alike.only_other
    return bool(alike.close and others) or are_told_apart(alike, way)
