"""`articles.txt` into articles and the labelled sentences in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from eval.cases import BadCase
from index.canonical import canonical
from index.records import Article, Span

ARTICLES = Path(__file__).with_name("articles.txt")
KINDS = ("own", "person", "unnamed", "body", "outlet", "unclear")

_ARTICLE = re.compile(
    r"^== (?P<id>\S+) \| (?P<outlet>[^|\n]+) \| (?P<agency>[^|\n]+) \| (?P<half>mended|held)\n", re.MULTILINE
)
_LABELLED = re.compile(r"⟦(?P<text>[^⟦⟧]+)⟧\{(?P<label>[^{}]+)\}")
_LABEL = re.compile(rf"(?P<kind>{'|'.join(KINDS)})(?: (?P<name>.+?))?(?: via (?P<via>.+))?")


@dataclass(frozen=True)
class Label:
    """One right answer to who says a sentence: the kind, the words for them, and through whom it came."""

    kind: str
    name: str = ""
    via: str = ""


@dataclass(frozen=True)
class Labelled:
    """A sentence, `article.body[span.start:span.end]`, and the labels of which each is right.

    `partly`: only a clause of it is the speaker's.
    """

    article: Article
    span: Span
    labels: tuple[Label, ...]
    held_out: bool
    partly: bool = False

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.body[self.span.start : self.span.end]


def load_labelled(path: Path = ARTICLES) -> list[Labelled]:
    """Every labelled sentence, in order; raises `BadCase` for a label that is none."""
    text = canonical(path.read_text(encoding="utf-8"))
    heads = list(_ARTICLE.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    found: list[Labelled] = []
    for head, end in zip(heads, ends, strict=True):
        found += _of_article(head, text[head.end() : end].strip(), held_out=head["half"] == "held")
    return found


def _of_article(head: re.Match[str], marked: str, *, held_out: bool) -> list[Labelled]:
    body, at, spans = "", 0, []
    for match in _LABELLED.finditer(marked):
        body += marked[at : match.start()]
        spans.append((Span(len(body), len(body) + len(match["text"])), match["label"]))
        body += match["text"]
        at = match.end()
    agency = head["agency"].strip()
    article = Article(
        head["id"],
        head["id"],
        body + marked[at:],
        outlet=head["outlet"].strip(),
        agency=None if agency == "-" else agency,
    )
    return [Labelled(article, span, _labels(told, head["id"]), held_out) for span, told in spans]


def _labels(text: str, article: str) -> tuple[Label, ...]:
    return tuple(label_of(one.strip(), article) for one in text.split("|"))


def label_of(text: str, article: str) -> Label:
    """A label as it is written, "person Anna Lund via Reuters"; raises `BadCase` for one that is none."""
    match = _LABEL.fullmatch(text)
    if match is None or (match["kind"] not in ("own", "unclear")) != bool(match["name"]):
        raise BadCase(f"{article}: the label {text!r} is none, expected one of {', '.join(KINDS)} and a name")
    return Label(match["kind"], match["name"] or "", match["via"] or "")
