"""Log records into lines of JSON, one a record, for programs that collect logs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Literal

LogFormat = Literal["text", "json"]
FIELDS = "dateline"  # what a record carries beside its message, by its attribute

_TEXT = "%(asctime)s %(name)s %(message)s"


class JsonLines(logging.Formatter):
    """A record as one JSON object: when, how grave, from where, and its fields or its message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; it has no line break, whatever is in the record."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        told |= getattr(record, FIELDS, None) or {"message": record.getMessage()}
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def set_up_logging(form: LogFormat) -> None:
    """Log to standard error from warnings on, and the requests; done once, when a server begins."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("dateline.http").setLevel(logging.INFO)
