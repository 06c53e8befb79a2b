"""LlamaIndex's own engines over an eval set, answered by a real model at an OpenAI-compatible address.

    python -m eval.peers.written SET --articles ARTICLES --base-url http://127.0.0.1:20201/v1

Its default query engine and its `CitationQueryEngine` with their default prompts and two chunks, the same
encoder as Dateline's. *Right*: an answerable case whose answer's words are in the reply, or one without an
answer where the reply refuses. Dateline beside it: `dateline eval --llm SET` with the same address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.writing.drafts import says_nothing_is_there
from eval.cases import Case, load_set
from eval.metrics.answer_match import answer_match
from eval.peers.llamaindex import LlamaIndex
from index.articles.draft import Found
from index.articles.read import read_paths
from index.encoding.encoders import load_encoder

if TYPE_CHECKING:
    from llama_index.core.base.base_query_engine import BaseQueryEngine
    from llama_index.core.llms import LLM


# How models decline without a form for it: "The weight is not given. …", "There is no information on …".
_DECLINES = re.compile(
    r"\A[^.]{0,240}\b(?:not?|neither|nor|cannot|isn['’]t|aren['’]t)\b[^.]{0,80}\b(?:information|available|given|stated|"
    r"specified|mentioned|named|identified|reported|covered|determined|known|provided|shown|giving|included|"
    r"details?|described|indicated|disclosed|say)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Replied:
    """What an engine said to a case; None where the model was not there to answer."""

    case: Case
    text: str | None

    @property
    def refused(self) -> bool:
        """Whether it says that there is no answer."""
        return self.text is not None and (
            says_nothing_is_there(self.text) or bool(_DECLINES.search(self.text))
        )

    @property
    def right(self) -> bool:
        """Whether it is what the case expects."""
        if self.text is None:
            return False
        if self.case.answer is None:
            return self.refused
        return bool(answer_match(self.text, self.case.answer))


def replies(engine: BaseQueryEngine, cases: Sequence[Case]) -> Iterator[Replied]:
    """What an engine says to each case."""
    for case in cases:
        try:
            yield Replied(case, str(engine.query(case.question)))
        except Exception as exc:  # any client's error: the reply is counted as missing, and said so
            click.echo(f"{case.id}: {type(exc).__name__}", err=True)
            yield Replied(case, None)


def line_of(name: str, replied: Sequence[Replied]) -> str:
    """The figures of one engine."""
    answerable = [one for one in replied if one.case.answer is not None]
    without = [one for one in replied if one.case.answer is None]
    missing = sum(one.text is None for one in replied)
    return (
        f"{name:28} right {sum(one.right for one in answerable)} of {len(answerable)},"
        f" rightly refused {sum(one.right for one in without)} of {len(without)}"
        + (f", {missing} without a reply" if missing else "")
    )


def _model(base_url: str, model: str) -> LLM:
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=model,
        api_base=base_url,
        api_key="none",
        is_chat_model=True,
        context_window=32_000,
        max_tokens=800,
        temperature=0.0,
        max_retries=0,
    )


def _engines(index: LlamaIndex, llm: LLM) -> Mapping[str, BaseQueryEngine]:
    from llama_index.core.query_engine import CitationQueryEngine

    ready = index.ready()
    return {
        "LlamaIndex, query engine": ready.as_query_engine(llm=llm),
        "LlamaIndex, citation engine": CitationQueryEngine.from_args(ready, llm=llm),
    }


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--articles", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--base-url", required=True)
@click.option("--model", default="relay", show_default=True)
@click.option("--cache", type=click.Path(path_type=Path), default=Path("~/.dateline/encoders").expanduser())
def main(folder: Path, articles: Path, base_url: str, model: str, cache: Path) -> None:
    """Count what LlamaIndex's engines get right of the cases in FOLDER."""
    cases = load_set(folder).cases
    index = LlamaIndex(load_encoder("all-MiniLM-L6-v2", cache=cache), store="simple")
    index.index([found.article for found in read_paths([articles]) if isinstance(found, Found)])
    for name, engine in _engines(index, _model(base_url, model)).items():
        click.echo(line_of(name, list(replies(engine, cases))))


if __name__ == "__main__":
    main()
