"""What a model wants to stand before a question and before a passage, and an encoder that puts it there.

E5 and its kin were trained with "query: " and "passage: "; without them they find worse. A model's own
`config_sentence_transformers.json` says what it wants; where that is silent, its name does.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.encoding.encoder import Encoder, Vectors
from index.encoding.weights import ModelFiles
from index.errors import EncoderError

_CONFIG = "config_sentence_transformers.json"
_QUESTION, _PASSAGE = ("query", "question", "search_query"), ("passage", "document", "search_document")


@dataclass(frozen=True)
class EncoderPrompts:
    """What is put before a question, and before a passage or a sentence of one; mostly nothing."""

    question: str = ""
    passage: str = ""

    @property
    def digest(self) -> str:
        """Eight digits that name these two."""
        return hashlib.sha256(f"{self.question}\n{self.passage}".encode()).hexdigest()[:8]


# Families whose files say nothing of what their model cards ask for, by the name of the model's folder.
_KNOWN: tuple[tuple[re.Pattern[str], EncoderPrompts], ...] = (
    (
        re.compile(r"e5-.*instruct", re.I),
        EncoderPrompts(
            "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "
        ),
    ),
    (re.compile(r"\be5-(?:small|base|large)", re.I), EncoderPrompts("query: ", "passage: ")),
    (re.compile(r"\bnomic-embed-text", re.I), EncoderPrompts("search_query: ", "search_document: ")),
    (
        re.compile(r"\bbge-(?:small|base|large)-en|\bmxbai-embed|\barctic-embed", re.I),
        EncoderPrompts("Represent this sentence for searching relevant passages: "),
    ),
)


def prompts_of(files: ModelFiles) -> EncoderPrompts:
    """What a model wants: as its own files say, else as its family is known to; nothing for most.

    Raises EncoderError where its file of prompts cannot be read.
    """
    named, default = _stated(files)
    question = next((named[name] for name in _QUESTION if named.get(name)), default)
    passage = next((named[name] for name in _PASSAGE if named.get(name)), default)
    if question or passage:
        return EncoderPrompts(question, passage)
    names = (files.name.rstrip("/").rpartition("/")[2], files.folder.name)
    return next(
        (wanted for pattern, wanted in _KNOWN for one in names if pattern.search(one)), EncoderPrompts()
    )


def _stated(files: ModelFiles) -> tuple[Mapping[str, str], str]:
    """The prompts in a model's files by their names, and the one that it puts before everything."""
    path = files.folder / _CONFIG
    if not path.is_file():
        return {}, ""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        named = {str(name): str(text) for name, text in (found.get("prompts") or {}).items() if text}
        return named, named.get(found.get("default_prompt_name") or "", "")
    except (ValueError, AttributeError) as exc:
        raise EncoderError(f"{path}: {exc}, expected what sentence-transformers writes") from exc


class PromptedEncoder:
    """Another encoder's vectors of texts with something before them; `asking` is the same for questions."""

    def __init__(self, inner: Encoder, prompts: EncoderPrompts, *, before: str | None = None) -> None:
        """`before` is what stands before each text: that for a passage where it is not given."""
        self._inner = inner
        self._prompts = prompts
        self._before = prompts.passage if before is None else before

    @property
    def name(self) -> str:
        """What a person would call it."""
        return self._inner.name

    @property
    def fingerprint(self) -> str:
        """That of the encoder with these prompts: an archive made with others is another."""
        head, _, precision = self._inner.fingerprint.rpartition("-")
        return f"{head}-{self._prompts.digest}-{precision}"

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._inner.dimensions

    @property
    def max_tokens(self) -> int:
        """How many tokens it sees beside what stands before them."""
        return self._inner.max_tokens - self._inner.count_tokens([self._before])[0]

    @property
    def asking(self) -> PromptedEncoder:
        """The encoder of questions."""
        return PromptedEncoder(self._inner, self._prompts, before=self._prompts.question)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has by itself."""
        return self._inner.count_tokens(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), dimensions), in the order of `texts`."""
        return self._inner.encode([f"{self._before}{text}" for text in texts])


def prompted(encoder: Encoder, files: ModelFiles) -> Encoder:
    """The encoder of a model with what it wants before its texts; itself where that is nothing."""
    prompts = prompts_of(files)
    return PromptedEncoder(encoder, prompts) if prompts != EncoderPrompts() else encoder


def asking(encoder: Encoder) -> Encoder:
    """The encoder of questions that goes with one of passages."""
    return encoder.asking if isinstance(encoder, PromptedEncoder) else encoder
