"""Articles that are quoted into entries of reference managers: RIS, BibTeX, CSL-JSON.

An author's name stands as the article has it: which word of it is the family name is not guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from bot.answers.lines import in_marks, plain
from bot.showing.formats.taken import Taken, TakenQuote
from bot.showing.links import link_target
from index.letters import normalized
from index.records import Article

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
    "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s*,\s+(?:and\s+)?|\s+(?:and|и|&)\s+")


def ris_text(taken: Taken) -> str:
    """RIS: a record an article, its quotations as notes; lines end as the format has it, with CR LF."""
    lines: list[str] = []
    for article, quotes in taken.articles:
        day = _parts(article)
        fields = [
            ("TY", "NEWS"),
            ("TI", article.title),
            *(("AU", name) for name in authors(article)),
            ("T2", article.outlet),
            ("PB", article.agency),
            ("PY", day[0] if day else None),
            ("DA", "/".join([*day, "", ""][:3]) + "/" if day else None),
            ("UR", link_target(article.url)),
            ("LA", article.language),
            *(("N1", note) for note in _notes(quotes)),
        ]
        lines += [f"{tag}  - {plain(value)}" for tag, value in fields if value] + ["ER  - ", ""]
    return "\r\n".join(lines)


def bibtex_text(taken: Taken) -> str:
    """BibTeX: an entry an article, under a key made of outlet and year."""
    keys: set[str] = set()
    return "\n".join(_bibtex(article, quotes, key=_key(article, keys)) for article, quotes in taken.articles)


def csl_text(taken: Taken) -> str:
    """CSL-JSON, as Zotero, Pandoc and citeproc read it: a list of items, one an article."""
    items = [_csl(article, quotes) for article, quotes in taken.articles]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def authors(article: Article) -> list[str]:
    """The names of an article's writers; as one where they cannot be told apart ("Lund, Anna")."""
    if not article.author:
        return []
    names = [name for name in _BETWEEN_NAMES.split(plain(article.author)) if name]
    return names if all(" " in name for name in names) else [plain(article.author)]


def _parts(article: Article) -> list[str]:
    """Year, month and day of publication, as far as they are known."""
    return article.published.partition("T")[0].split("-")[:3] if article.published else []


def _notes(quotes: Sequence[TakenQuote]) -> list[str]:
    """The quotations, with what has to be known before they are used."""
    return [": ".join(filter(None, (one.remark, in_marks(one.quote)))) for one in quotes]


def _bibtex(article: Article, quotes: Sequence[TakenQuote], *, key: str) -> str:
    day, address = _parts(article), link_target(article.url)
    names = " and ".join(f"{{{_latex(name)}}}" for name in authors(article))
    fields = [
        ("title", f"{{{_latex(article.title)}}}"),
        ("author", names),
        ("journal", _latex(article.outlet)),
        ("organization", _latex(article.agency)),
        ("date", "-".join(day)),
        ("year", day[0] if day else ""),
        ("url", address or ""),
        ("language", _latex(article.language)),
        ("note", _latex(" ".join(_notes(quotes)))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    if len(day) > 1:
        lines.append(f"  month = {_MONTHS[int(day[1]) - 1]},")
    kind = "article" if article.outlet else "misc"
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _key(article: Article, taken: set[str]) -> str:
    """A key that no entry has yet: "harbourgazette2020", "harbourgazette2020-2"."""
    folded = normalized(article.outlet or article.id, "NFKD").encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]", "", folded.lower()) or "article"
    stem += (_parts(article) or [""])[0]
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    taken.add(key)
    return key


def _latex(text: str | None) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in plain(text or ""))


def _csl(article: Article, quotes: Sequence[TakenQuote]) -> dict[str, object]:
    day = _parts(article)
    fields: dict[str, object] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": plain(article.title),
        "container-title": article.outlet and plain(article.outlet),
        "source": article.agency and plain(article.agency),
        "author": [{"literal": name} for name in authors(article)],
        "issued": {"date-parts": [[int(part) for part in day]]} if day else None,
        "URL": link_target(article.url),
        "language": article.language,
        "note": " ".join(map(plain, _notes(quotes))),
    }
    return {name: value for name, value in fields.items() if value}
