"""A web page into a draft, in a child process with limits.

What the page states wins: JSON-LD, `<meta>`, `<html lang>`, by agreement; then what its text says, as in a
copied page. A date that the page does not state is not guessed.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from index.articles.copied import read_head
from index.articles.draft import Drafted, draft_of
from index.articles.limited import DEFAULT_LIMITS, ChildLimits, LimitedChild, serve
from index.articles.page.article import read_page, stated_body
from index.articles.page.fields import fields_of
from index.articles.page.hidden import mark_hidden
from index.articles.page.statements import statements_of
from index.articles.page.tree import tree_of
from index.articles.plain import read_plain
from index.errors import BadArticle, BadInput

_DECLARED = re.compile(
    rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)"
)


def html_reader(*, limits: ChildLimits = DEFAULT_LIMITS) -> LimitedChild:
    """The child process that `read_html` asks; close it at the end."""
    return LimitedChild("index.articles.html", limits=limits)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its first 4,096 bytes."""
    match = _DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", errors="replace") if match else None


def read_html(text: str, reader: LimitedChild) -> Drafted:
    """The draft of a page. Raises `BadArticle` where no article is in it, or it costs too much to find."""
    try:
        found = json.loads(reader.ask(text.encode("utf-8", errors="replace")))
    except BadInput as exc:
        raise BadArticle(str(exc)) from exc
    if not found["text"]:
        raise BadArticle(
            "has no article that can be told from the page around it, expected paragraphs of text"
        )
    page = read_plain(found["text"], title=found["title"] or None)
    head = read_head(found["head"])
    published = found["published"] or head.published or page.draft.published
    fields = {
        **page.draft.model_dump(),
        "outlet": found["outlet"] or page.draft.outlet,
        "author": found["author"] or head.author or page.draft.author,
        "agency": page.draft.agency or found["agency"],
        "published": published or next(iter(found["dates"]), None),
        "updated": found["updated"],
        "url": found["url"],
        "language": found["language"],
    }
    return Drafted(draft_of(fields), "", (*page.notes, *found["notes"]))


def extract(page: bytes) -> bytes:
    """The child's side: the text of a page in UTF-8 and what it states about itself, as JSON."""
    from lxml.etree import Comment, ProcessingInstruction, strip_tags

    tree = tree_of(page)
    if tree is None:
        return json.dumps({"text": ""}).encode()
    stated = statements_of(tree)
    fields = fields_of(tree, stated)
    mark_hidden(tree)
    strip_tags(tree, Comment, ProcessingInstruction)  # extractors drop the text after one
    found = read_page(tree, stated_body(stated), title=fields.title, writers=fields.author)
    if found is None:
        return json.dumps({"text": ""}).encode()
    read = {"text": "\n\n".join(found.lines), "head": found.head, "notes": found.notes}
    return json.dumps({**asdict(fields), **read}).encode()


if __name__ == "__main__":
    serve(extract)
