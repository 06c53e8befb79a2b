"""Log records without secrets: whoever logs, and whatever handler writes it down.

httpx logs the address of every request at INFO, and the bot's token is part of it.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

_TOKEN = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{30,}")
_HIDDEN = "•••"
_TOO_SHORT = 6  # characters; hiding "1" everywhere would hide nothing and spoil every line
Factory = Callable[..., logging.LogRecord]


@contextmanager
def hidden(secrets: Sequence[str]) -> Iterator[None]:
    """While this lasts, no log record says one of the secrets, nor anything that looks like a bot's token."""
    known = [secret for secret in secrets if len(secret) >= _TOO_SHORT]
    before: Factory = logging.getLogRecordFactory()
    quiet = [logging.getLogger(name) for name in ("httpx", "httpcore")]
    levels = [logger.level for logger in quiet]

    def make(*arguments: object, **named: object) -> logging.LogRecord:
        return _without(before(*arguments, **named), known)

    logging.setLogRecordFactory(make)
    for logger in quiet:
        logger.setLevel(max(logging.WARNING, logger.level))
    try:
        yield
    finally:
        logging.setLogRecordFactory(before)
        for logger, level in zip(quiet, levels, strict=True):
            logger.setLevel(level)


def hide(text: str, secrets: Sequence[str] = ()) -> str:
    """The text without the secrets, nor anything that looks like a bot's token."""
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    return _TOKEN.sub(_HIDDEN, text)


def _without(record: logging.LogRecord, secrets: Sequence[str]) -> logging.LogRecord:
    try:
        told = record.getMessage()
    except (TypeError, ValueError):  # a mistaken format is the handler's to complain about
        return record
    if (hiding := hide(told, secrets)) != told:
        record.msg, record.args = hiding, ()
    if record.exc_info and record.exc_info[0]:
        record.exc_text = hide("".join(traceback.format_exception(*record.exc_info)).rstrip(), secrets)
    return record
