"""A web page into a draft, in a child process with limits.

What the page states wins: `<meta>`, JSON-LD and `<html lang>`; then what its text says, as in a copied page.
A date that the page does not state is not guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.articles.bylines import wire_of
from index.articles.draft import Drafted, draft_of
from index.articles.limited import DEFAULT_LIMITS, ChildLimits, LimitedChild, serve
from index.articles.page.article import read_page, stated_in
from index.articles.page.hidden import mark_hidden
from index.articles.plain import read_plain
from index.dates import parse_date
from index.errors import BadArticle, BadInput

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(
    rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)"
)
_PROPERTIES = ("article:published_time", "og:article:published_time", "og:published_time")
_NAMES = ("pubdate", "publishdate", "publish-date", "publish_date", "datepublished", "date", "dc.date",
          "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date")  # fmt: skip


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
    page = read_plain(found["text"], title=found["title"])
    dates = [str(date) for date in found["dates"]]
    stated = next((date for date in dates if parse_date(date)), None)
    wire = wire_of(found["author"] or "")
    fields = {
        **page.draft.model_dump(),
        "outlet": found["outlet"] or page.draft.outlet,
        "author": None if wire else found["author"] or page.draft.author,
        "agency": page.draft.agency or wire,
        "published": stated or page.draft.published or next(iter(dates), None),
        "url": found["url"],
        "language": found["language"],
    }
    return Drafted(draft_of(fields), "", (*page.notes, *found["notes"]))


def _extract(page: bytes) -> bytes:
    """The child's side: the text of a page in UTF-8 and what it states about itself, as JSON."""
    import lxml.html
    from lxml.etree import Comment, ProcessingInstruction, strip_tags

    tree = lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    stated = {"dates": _dates(tree), "language": tree.get("lang"), "outlet": _meta(tree, "og:site_name")}
    mark_hidden(tree)
    strip_tags(tree, Comment, ProcessingInstruction)  # extractors drop the text after one
    found = read_page(tree, stated_in([*_json_ld(tree)]))
    if found is None:
        return json.dumps({"text": ""}).encode()
    stated["outlet"] = stated["outlet"] or found.outlet
    stated |= {"title": found.title, "author": found.author, "url": found.url, "notes": found.notes}
    return json.dumps({**stated, "text": "\n\n".join(found.lines)}).encode()


def _meta(tree: HtmlElement, name: str) -> str | None:
    """The content of the first `<meta>` whose property or name, in any case, is `name`."""
    for meta in tree.iter("meta"):
        if name in {(meta.get(key) or "").lower() for key in ("property", "name")} and meta.get("content"):
            return str(meta.get("content"))
    return None


def _dates(tree: HtmlElement) -> list[str]:
    """What the page states as its date of publication, the surest first."""
    marked = [element for element in tree.iter() if element.get("itemprop") == "datePublished"]
    times = {str(time) for time in tree.xpath("//time/@datetime")}
    stated = [
        *(_meta(tree, name) for name in _PROPERTIES),
        *(element.get("content") or element.get("datetime") for element in marked),
        *(found for value in _json_ld(tree) if isinstance(found := value.get("datePublished"), str)),
        *(_meta(tree, name) for name in _NAMES),
        *(times if len(times) == 1 else ()),  # of several times some are other stories'
    ]
    return [str(date) for date in stated if date]


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """Each object of the page's JSON-LD, the outer ones first."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, dict):
                yield value
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value


if __name__ == "__main__":
    serve(_extract)
