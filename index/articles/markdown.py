"""Markdown with YAML front matter into a draft.

The body becomes what a reader sees: each heading, paragraph and list item on its own between empty lines,
links as their text, without emphasis marks, pictures, comments and HTML tags; the numbers of a numbered list
stay. So a quote reads in a chat or a terminal as the page reads, and it is found in the stored text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import yaml

from index.articles.draft import Draft, Drafted, draft_of
from index.articles.keys import key_notes, renamed
from index.errors import BadArticle, Refusal

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_MOST_FRONT_MATTER = 65_536  # characters; PyYAML reads some 100,000 a second
# Characters of one paragraph in which marks are looked for. A megabyte of "[(" in one takes minutes; what has
# more is taken as it stands.
_MOST_IN_A_PARAGRAPH = 10_000
_NULLS = {"", "~", "null", "Null", "NULL"}


# Marks that other writers' Markdown has, and bold letters that CommonMark leaves since they touch a word.
_LEFT_OVER = (
    (re.compile(r"==(?=\S)([^=\n]{1,1000})(?<=\S)=="), r"\1"),
    (re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]"), r"\1"),
    (re.compile(r"\[\^[\w-]{1,40}\]:?[ \t]*"), ""),
    (re.compile(r"^\[[ xX]\][ \t]+"), ""),
    (re.compile(r"\*\*+"), ""),
)
_SURELY = (
    re.compile(r"(?m)^#{1,6}[ \t]+(?=\S)"),
    re.compile(r"(\*\*|__)(?=\S)(?P<shown>.{1,1000}?)(?<=\S)\1"),
    re.compile(
        r"!?\[(?P<shown>[^\[\]\n]{0,500})\]\((?:https?:|/|#|mailto:)[^()\s]{0,2000}"
        r"(?:[ ]\"[^\"\n]{0,200}\")?\)"
    ),
)
_PERHAPS = re.compile(r"(?<![\w*])\*(?=\S)(?P<shown>[^*\n]{1,1000})(?<=\S)\*(?![\w*])")


class _BadLine(BadArticle):
    """A line of front matter at fault, counted from 1 at the top of the file."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def read_markdown(text: str) -> Drafted | Refusal:
    """The draft of a Markdown file. Without front matter, or a title in it, the first heading is the title.

    A heading that only repeats the title is not part of the body. A file with broken front matter is
    refused. Raises `BadArticle` where a field has a value that is none.
    """
    try:
        fields, notes, body = _front_matter(text)
    except _BadLine as exc:
        return Refusal(f"line {exc.line}", str(exc))
    blocks = list(_blocks(body))
    title = fields.get("title") or next((block for is_heading, block in blocks if is_heading), None)
    if blocks and blocks[0][0] and _alike(blocks[0][1], title):
        blocks = blocks[1:]
    draft: Draft = draft_of({**fields, "title": title, "text": "\n\n".join(block for _, block in blocks)})
    return Drafted(draft, "", notes)


def without_marks(text: str) -> str:
    """A text that is called plain without its Markdown, where there surely is some; each line stays one.

    A picture leaves nothing, a link its text.
    """
    if not any(mark.search(text) for mark in _SURELY):
        return text
    for mark in (*_SURELY, _PERHAPS):
        text = mark.sub(_what_is_shown, text)
    return text


def _what_is_shown(match: re.Match[str]) -> str:
    return "" if match[0].startswith("!") else match.groupdict().get("shown") or ""


def _front_matter(text: str) -> tuple[dict[str, object], tuple[str, ...], str]:
    """The fields between the lines "---" at the top, notes on unread keys, and what follows them."""
    opening = _OPENING.match(text)
    if opening is None:
        return {}, (), text
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        raise _BadLine(1, "front matter begins with '---' and never ends, expected a second '---'")
    written = text[opening.end() : closing.start()]
    if len(written) > _MOST_FRONT_MATTER:
        raise _BadLine(
            1, f"front matter has {len(written):,} characters, expected at most {_MOST_FRONT_MATTER:,}"
        )
    fields = _fields(written)
    return (
        {key: value for key, value in renamed(fields).items() if key != "text"},
        key_notes(fields),
        text[closing.end() :],
    )


def _fields(written: str) -> dict[str, object]:
    """YAML's top-level keys with their values as they are written: texts, lists of texts, or None.

    Composed, not loaded: so "no" stays a language and a date its own words, and an alias is never expanded.
    """
    try:
        node = yaml.compose(written, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 2 if exc.problem_mark else 1
        hint = " (a value with ': ' in it needs quotes)" if "mapping values" in str(exc.problem) else ""
        raise _BadLine(line, f"front matter is not YAML: {exc.problem or exc.context}{hint}") from exc
    except (yaml.YAMLError, RecursionError) as exc:
        raise _BadLine(1, f"front matter is not YAML: {str(exc).splitlines()[0][:100]}") from exc
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _BadLine(2, "front matter is no mapping, expected lines such as 'title: …'")
    return dict(_pairs(node))


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, object]]:
    """Each key of the front matter with its value; a key that stands twice is an error."""
    seen: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(key.value)[:100], key.start_mark.line + 2
        if name in seen:
            raise _BadLine(line, f"{name!r} stands twice (first on line {seen[name]}), expected once")
        seen[name] = line
        if name in Draft.model_fields and not (isinstance(value, yaml.ScalarNode) or _names(value)):
            raise _BadLine(line, f"{name!r} is a nested value, expected text")
        yield name, _written(value)


def _written(node: yaml.Node) -> object:
    """A YAML value as text, as a list of texts, or None; what is nested deeper is not looked into."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and node.value in _NULLS else node.value
    return _names(node)


def _names(node: yaml.Node) -> list[str] | None:
    """The texts of a YAML list, or None for anything else."""
    if not isinstance(node, yaml.SequenceNode):
        return None
    texts = [item.value for item in node.value if isinstance(item, yaml.ScalarNode)]
    return texts if len(texts) == len(node.value) else None


def _blocks(body: str) -> Iterator[tuple[bool, str]]:
    """Each block of Markdown as a reader sees it, and whether it is a heading."""
    from markdown_it import MarkdownIt

    item, heading = "", False
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("inline")
    known: dict[str, object] = {}  # addresses that the text gives to its links
    for token in markdown.parse(body, known):
        if token.type == "inline" and len(token.content) <= _MOST_IN_A_PARAGRAPH:
            token.children = []
            markdown.inline.parse(token.content, markdown, known, token.children)
        if token.type == "list_item_open":
            item = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in {"heading_open", "heading_close"}:
            heading = token.type == "heading_open"
        elif shown := _without_left_over(token).strip():
            yield heading, item + shown
            item = ""


def _without_left_over(token: Token) -> str:
    """The characters of a block that a reader sees, of code with all its marks."""
    shown = _shown(token)
    if token.type in {"fence", "code_block"} or not any(mark in shown for mark in ("**", "==", "[")):
        return shown
    for mark, kept in _LEFT_OVER:
        shown = mark.sub(kept, shown)
    return shown


def _shown(token: Token) -> str:
    """The characters of a token that a reader sees."""
    is_unread = token.type == "inline" and not token.children
    if is_unread or token.type in {"fence", "code_block", "code_inline", "text", "text_special"}:
        return token.content
    if token.type == "html_block":
        return _without_tags(token.content)
    if token.type in {"softbreak", "hardbreak", "html_inline"}:
        is_break = token.type == "hardbreak" or token.content[:3].lower() == "<br"
        return "\n" if is_break else " " * (token.type == "softbreak")
    return "".join(_shown(child) for child in token.children or () if child.type != "image")


def _without_tags(html: str) -> str:
    """What is left of a block of HTML without its tags, comments, scripts and styles."""
    # What never ends reaches to the end (\Z): else 400 KB of "<!--", each looking for "-->", take 184 s.
    html = re.sub(r"(?is)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", "", html)
    return re.sub(r"<[^<>]*>", "", html)


def _alike(heading: str, title: object) -> bool:
    """Whether a heading repeats a title, whatever its case and spaces."""
    return isinstance(title, str) and heading.casefold().split() == title.casefold().split()
