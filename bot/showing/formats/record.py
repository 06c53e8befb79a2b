"""An answer into a record that can be checked again later, and such a record into what it claims."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.answers.answer import Answer
from bot.showing.json import AnswerBody, answer_body
from index.errors import BadInput
from index.storage.records import StoredIdentity

MOST = 500  # sentences, citations, and citations of one sentence; an answer has a tenth of it
_EXPECTED = "expected what `dateline ask --format record` or `/ask?format=record` wrote"


class BadRecord(BadInput):
    """A file is no record of an answer."""


class MadeBy(BaseModel):
    """What made an answer."""

    model_config = ConfigDict(frozen=True)

    dateline: str = Field(description="the version of Dateline")
    encoder: str | None = Field(default=None, description="the archive's encoder, by name and fingerprint")

    @classmethod
    def of(cls, encoder: StoredIdentity | None) -> Self:
        """This version of Dateline, and the encoder of the archive that was asked."""
        made_with = f"{encoder.name} {encoder.fingerprint}" if encoder else None
        return cls(dateline=version("dateline"), encoder=made_with)


class AnswerRecord(BaseModel):
    """An answer with what made it.

    `sha256` is of all the rest: it shows damage, and says nothing of who wrote it, as anybody can reckon it.
    """

    model_config = ConfigDict(frozen=True)

    record: Literal["dateline answer"] = "dateline answer"
    version: Literal[1] = 1
    made_at: datetime
    made_by: MadeBy
    answer: AnswerBody
    sha256: str = ""


@dataclass(frozen=True)
class FoundRecord:
    """A record that was read; `sealed`: its checksum is that of what it says."""

    record: AnswerRecord
    sealed: bool


def record_of(answer: Answer, *, made_by: MadeBy, at: datetime | None = None) -> AnswerRecord:
    """The record of an answer that was given `at` a moment, with its zone; None is now."""
    unsealed = AnswerRecord(made_at=at or datetime.now(UTC), made_by=made_by, answer=answer_body(answer))
    return unsealed.model_copy(update={"sha256": _seal(unsealed.model_dump(mode="json"))})


def read_record(text: str, where: str) -> FoundRecord:
    """A record from its JSON.

    Raises:
        BadRecord: it is none; `where` names its place.
    """
    try:
        return found_record(json.loads(text), where)
    except (ValueError, RecursionError) as exc:
        raise BadRecord(f"{where}: {exc}, {_EXPECTED}") from exc


def found_record(given: object, where: str) -> FoundRecord:
    """A record from its parsed JSON. Raises as `read_record`."""
    try:
        record = AnswerRecord.model_validate(given)
    except ValidationError as exc:
        fault = exc.errors()[0]
        place = ".".join(map(str, fault["loc"])) or "all of it"
        raise BadRecord(f"{where}: {place}: {fault['msg']}, {_EXPECTED}") from exc
    assert isinstance(given, Mapping)
    _expect_bounded(record.answer, where)
    try:
        return FoundRecord(record, record.sha256 == _seal(given))
    except UnicodeEncodeError as exc:
        raise BadRecord(f"{where}: half a character (a lone surrogate), {_EXPECTED}") from exc


def _expect_bounded(answer: AnswerBody, where: str) -> None:
    """Raise `BadRecord` where checking it could take long: nobody's answer has that much."""
    nearest = answer.abstention.nearest if answer.abstention else ()
    of_one = max((len(one.citations) for one in answer.sentences), default=0)
    counts = {
        "sentences": len(answer.sentences),
        "citations": len(answer.citations) + len(nearest),
        "citations of one sentence": of_one,
    }
    for name, count in counts.items():
        if count > MOST:
            raise BadRecord(f"{where}: {count:,} {name}, expected at most {MOST}")


def _seal(given: Mapping[str, object]) -> str:
    """The sha256 of a record without its own, as it was given: a later version may know more fields."""
    rest = {name: value for name, value in given.items() if name != "sha256"}
    canonical = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
