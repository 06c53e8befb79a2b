"""Lines of a copied page that say who published it, and when: breadcrumb, date line, byline, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.articles.bylines import byline_of, looks_like_outlet, wire_of
from index.articles.furniture import is_prose
from index.dates import find_date

_CRUMB = re.compile(r"\s+[»›→>]+\s+|\s+::\s+")
_LABEL = re.compile(
    r"(?:(?i:(?:first |last )?(?:published|posted|issued|updated|modified)(?: on| at)?|date|time|on|at|"
    r"local time|опубликовано|обновлено|дата|время|\d+ min(?:ute)?s? read)|[A-Z]{2,4})?\W*"
)
_UPDATED = re.compile(r"(?i)updated|modified|обновлено")
_BETWEEN = re.compile(r"\s*[|•·,\[\]()]\s*|\s+[-–—/]\s+|^[-–—:/\s]+|[-–—:/\s]+$")


@dataclass
class CopiedPage:
    """What is found so far of an article; a line that is taken out of its body becomes empty.

    `holder` has the copyright; `headlines` and `date_lines` are indexes of lines of the head.
    """

    lines: list[str]
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    author: str | None = None
    published: str | None = None
    copyright_year: int | None = None
    holder: str | None = None
    headlines: list[int] = field(default_factory=list)
    date_lines: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def filled(self) -> Iterator[int]:
        """The indexes of the lines that are not empty (also of those that become so on the way)."""
        return (index for index, line in enumerate(self.lines) if line)


def read_head(lines: Sequence[str]) -> CopiedPage:
    """What the lines between a headline and its text say: the first date line, the first byline."""
    page = CopiedPage([*lines])
    for line in lines:
        if not take_date(page, line) and byline_of(line):
            take_name(page, line)
    return page


def is_label(text: str) -> bool:
    """Whether a text only says what stands beside it, such as "Published:" or a time zone; also if empty."""
    return _LABEL.fullmatch(text) is not None


def take_crumb(page: CopiedPage, line: str) -> bool:
    """A breadcrumb, "Today.Az » Politics » Headline": first the outlet, perhaps, and last the title."""
    parts = _CRUMB.split(line)
    if len(parts) < 2 or (len(parts) == 2 and ">" in line) or is_prose(parts[0]):
        return False
    if looks_like_outlet(parts[0]):
        page.outlet = page.outlet or parts[0]
    if len(parts[-1].split()) > 3:
        page.title = page.title or parts[-1]
    return True


def take_date(page: CopiedPage, line: str) -> bool:
    """A date line, "19 October 2020 [17:45] - Today.Az": dates, labels, names and nothing else."""
    rest, dates, label = [], [], ""
    position = 0
    while found := find_date(line[position:]):
        label = line[position : position + found.start]
        rest.append(label)
        dates.append((found.iso, bool(_UPDATED.search(label))))
        position += found.end
    pieces = [piece for part in [*rest, line[position:]] for piece in _BETWEEN.split(part)]
    others = [piece for piece in pieces if not is_label(piece)]
    if not dates or len(line) > 160 or any(not _is_name_like(piece) for piece in others):
        return False
    for piece in others:
        if not take_name(page, piece, beside_date=True):
            page.notes.append(f"{piece!r} beside the date is left out (expected an outlet or a byline)")
    for iso, is_update in dates:
        if is_update:
            page.notes.append(f"published: {iso} is when the page was updated; not taken")
        else:
            page.published = page.published or iso
    return True


def _is_name_like(piece: str) -> bool:
    """Whether a piece may be a name: at most six words, of which the first begins with a capital letter."""
    return len(piece.split()) <= 6 and (piece[:1].isupper() or byline_of(piece) is not None)


def take_name(page: CopiedPage, line: str, *, beside_date: bool = False) -> bool:
    """A byline, the name of a wire or of an outlet."""
    if byline := byline_of(line):
        return _take_byline(page, byline.names, byline.rest)
    if wire := wire_of(line):
        page.agency = page.agency or wire
        return True
    name = line.split(",", maxsplit=1)[0].rstrip(" —–-:|")  # "BBC News, Moscow"
    same = page.holder is not None and line.casefold() == page.holder.casefold()
    if same or (
        looks_like_outlet(name) and (beside_date or len(name.split()) <= 2) and len(line.split()) <= 4
    ):
        page.outlet = page.outlet or name
        return True
    return False


def _take_byline(page: CopiedPage, names: str, rest: str | None) -> bool:
    """The names of a byline: an agency by its name or where the article says "… reports"; else the author.

    Of one word it is an agency too ("By Trend"): a person has two.
    """
    says = r"(?:reports?|reported|informs|сообщает|передает)"
    credited = re.search(rf"\b{re.escape(names)}\s+{says}\b", "\n".join(page.lines)) is not None
    if wire_of(names) or credited or re.fullmatch(r"[^\s,]+", names):
        page.agency = page.agency or wire_of(names) or names
        return True
    people = [name for name in re.split(r"\s*,\s*", names) if not _take_publisher(page, name)]
    for name in re.split(r"\s*,\s*", rest or ""):
        _take_publisher(page, name)
    page.author = page.author or ", ".join(name for name in people if " " in name) or None
    return True


def _take_publisher(page: CopiedPage, name: str) -> bool:
    """The name of a wire or of an outlet."""
    if wire := wire_of(name):
        page.agency = page.agency or wire
    elif looks_like_outlet(name):
        page.outlet = page.outlet or name
    else:
        return False
    return True
