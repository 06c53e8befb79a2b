"""Texts into tokens as the reader sees them: [CLS] question [SEP] date. title: passage [SEP]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.dates import in_words
from index.encoding.weights import DEFAULT_MODEL, find_model
from index.errors import EncoderError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102  # of MiniLM's vocabulary
MAX_TOKENS = 288  # passages have 230 at most, questions seldom more than 40
MAX_QUESTION, MAX_HEAD = 48, 30


def head_of(title: str, published: str | None) -> str:
    """What stands before a passage: its day, month or year (ISO 8601) in words, and its title."""
    when = in_words(published)
    return " ".join(part for part in (f"{when}." if when else "", f"{title}:" if title else "") if part)


def load_tokenizer() -> Tokenizer:
    """The packaged MiniLM's tokenizer, which neither cuts nor pads. Raises EncoderError if it is not one."""
    from tokenizers import Tokenizer

    path = find_model(DEFAULT_MODEL).folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as exc:  # tokenizers raises bare Exception
        raise EncoderError(f"{path}: not a tokenizer ({exc}); reinstall the package") from exc
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
