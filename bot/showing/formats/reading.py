"""What is taken along into forms that people read: Markdown, HTML, the newsroom's line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from bot.answers.answer import Answer
from bot.answers.lines import in_marks, plain
from bot.showing.formats.taken import Taken
from bot.showing.links import link_target
from bot.showing.markdown import answer_markdown
from bot.showing.markdown import plain as marked
from bot.showing.wording import words_of
from index.records import Article

if TYPE_CHECKING:
    from jinja2 import Template


def newsroom_line(article: Article) -> str:
    """An article as a newsroom names it: Harbour Gazette, 19 Oct 2020, “Harbour reopens after storm”."""
    return f"{words_of().printed_by(article)}, {in_marks(article.title)}"


def newsroom_text(taken: Taken) -> str:
    """A line an article; why there is none, where nothing is quoted."""
    lines = [newsroom_line(article) for article, _ in taken.articles]
    return "\n".join(lines or taken.lines) + "\n"


def taken_markdown(answer: Answer) -> str:
    """An answer with its question as a heading."""
    return f"## {marked(answer.question)}\n\n{answer_markdown(answer)}\n"


def quotes_markdown(taken: Taken) -> str:
    """What is quoted as a list: the newsroom's line, linked where it can be, then the words."""
    entries = [f"{one.number}. {_linked(one.article)}\n\n   > {marked(one.quote)}" for one in taken.quotes]
    bars = ["\n".join(f"    {plain(line)}" for line in taken.lines)] if taken.lines else []
    return "\n\n".join([f"## {marked(taken.question)}", *bars, *entries]) + "\n"


def taken_html(pages: Sequence[Taken]) -> str:
    """One page that stands by itself: no scripts, nothing loaded, everything foreign escaped."""
    return _template().render(pages=pages, line=newsroom_line, link=link_target, words=words_of().say)


def _linked(article: Article) -> str:
    line, address = marked(newsroom_line(article)), link_target(article.url)
    return f"[{line}]({address})" if address else line


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    text = resources.files("bot.showing.formats").joinpath("page.html").read_text("utf-8")
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    ).from_string(text)
