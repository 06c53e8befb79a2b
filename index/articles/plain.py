"""Plain text as it is copied from a web page into a draft: what it says about the article, and the body.

The head ends where running text begins. In it, lines are recognised as breadcrumb, headline, date line or
byline and taken out of the body; after it only furniture and copyright lines are. Any other line stays.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.articles.bylines import dateline_of, looks_like_outlet, wire_in, wire_of, without_role
from index.articles.copied import CopiedPage, is_label, take_crumb, take_date, take_name
from index.articles.draft import Drafted, draft_of
from index.articles.furniture import begins_other_stories, copyright_of, is_furniture, is_prose
from index.canonical import tidy
from index.dates import find_date

_HEAD = 20  # lines; a head that is longer is a page of links, not of an article
_PUBLISHED = re.compile(r"(?i)(?:first )?(?:published|posted|issued|date|опубликовано|дата)\b")
_AUTHOR = re.compile(r"[^\W\d_a-z][\w'’.-]+(?: [^\W\d_a-z][\w'’.-]*){1,3}(?:(?: in|,) [^\W\d_a-z]\w+)?")
_AGO = re.compile(
    r"(?i)(?:(?:published|updated|posted)\W*)?"
    r"(?:(?:an?|\d+)\s+(?:minute|hour|day|week|month|year)s?\s+ago|yesterday|today)"
)
_SUFFIX = re.compile(r"(?P<title>.{12,}?)\s+(?:[|•·]|[-–—])\s+(?P<site>[^|•·–—]{2,40})")


def read_plain(text: str, *, title: str | None = None) -> Drafted:
    """The draft of a copied page. `title` is the headline where it is known already, as from HTML."""
    page = CopiedPage(_unwrapped(tidy(text)).split("\n"), title=title)
    _take_copyright(page)
    _take_furniture(page)
    head = _head(page)
    for index in head:
        _take_head_line(page, index)
    _take_title(page)
    _take_author(page, head)
    _take_dateline(page)
    _take_late_date(page)
    fields: dict[str, object] = {
        "title": page.title,
        "outlet": page.outlet or page.holder,
        "agency": page.agency,
        "author": page.author,
        "published": page.published,
        "copyright_year": page.copyright_year,
        "text": "\n".join(page.lines),
    }
    return Drafted(draft_of(fields), "", tuple(page.notes))


def _unwrapped(text: str) -> str:
    """`text` with each paragraph on one line, where lines were broken at a width of 40 to 100 characters."""
    paragraphs = [paragraph.split("\n") for paragraph in text.split("\n\n")]
    return "\n\n".join((" " if _is_wrapped(lines) else "\n").join(lines) for lines in paragraphs)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a paragraph are broken by width: into none would the first word of the next go.

    Its last line ends a sentence; with two lines only, the second begins within one.
    """
    width = max(len(line) for line in lines)
    full = all(
        40 <= len(line) <= 100 and len(line) + 1 + len(after.split()[0]) > width
        for line, after in pairwise(lines)
    )
    running = len(lines) > 2 or (len(lines) == 2 and lines[1][0].islower())
    return full and running and lines[-1].endswith((".", "!", "?", "”", '"', "»"))


def _take_copyright(page: CopiedPage) -> None:
    """Take out copyright lines; the first holder and the latest year count."""
    for index in page.filled():
        if notice := copyright_of(page.lines[index]):
            page.lines[index] = ""
            page.holder = page.holder or notice.holder
            page.copyright_year = max(notice.year or 0, page.copyright_year or 0) or None


def _take_furniture(page: CopiedPage) -> None:
    """Take out furniture, and lists of other stories at the end."""
    last_prose = max(
        (index for index in page.filled() if is_prose(page.lines[index])), default=len(page.lines)
    )
    for index in page.filled():
        begins = begins_other_stories(page.lines[index])
        if begins and (index > last_prose or _are_teasers(page.lines[index + 1 :])):
            page.lines[index:] = [""] * (len(page.lines) - index)
            break
        if is_furniture(page.lines[index]):
            page.lines[index] = ""


def _are_teasers(lines: list[str]) -> bool:
    """Whether lines are other stories to the end: twice or more a headline and a line, never two lines."""
    prose = [is_prose(line) for line in lines if line]
    pairs = list(pairwise(prose))
    return sum(not one and other for one, other in pairs) > 1 and not prose[0] and (True, True) not in pairs


def _head(page: CopiedPage) -> list[int]:
    """The indexes of the lines before the first running text; a question or "…" above it is a headline."""
    head: list[int] = []
    headline = page.title is not None
    for index in page.filled():
        line = page.lines[index]
        question = not headline and line.endswith(("?", "!", "…", "...")) and len(line) <= 150
        if (is_prose(line) and not question) or len(head) == _HEAD:
            break
        headline = headline or (len(line.split()) > 3 and not _is_menu(line))
        head.append(index)
    return head


def _is_menu(line: str) -> bool:
    """Whether a line is the site's sections side by side: "News | Opinion | Sport", "Home > World"."""
    parts = re.split(r"\s*[|•·»›>]\s*", line)
    return len(parts) > 1 and find_date(line) is None and all(len(part.split()) <= 2 for part in parts)


def _take_head_line(page: CopiedPage, index: int) -> None:
    """Recognise one line of the head and take it out of the body, or leave it as a possible headline."""
    line = page.lines[index]
    if take_date(page, line):
        page.date_lines.append(index)
        page.lines[index] = ""
    elif take_crumb(page, line) or _is_menu(line) or take_name(page, line) or is_label(line):
        page.lines[index] = ""
    elif _AGO.fullmatch(line):
        page.notes.append(f"published: {line!r} is not a date; not taken")
        page.lines[index] = ""
    elif not line.endswith((".", ",", ";")) or line.endswith(("...", "U.S.")):
        page.headlines.append(index)


def _take_title(page: CopiedPage) -> None:
    """Choose the headline; take it, its variants and the section names above it out of the body."""
    known = page.title
    long_enough = [index for index in page.headlines if len(page.lines[index].split()) > 3]
    alike = [index for index in page.headlines if known and _alike(page.lines[index], known)]
    chosen = next(iter(alike if known else long_enough or page.headlines), None)
    if chosen is not None and not known:
        page.title = _without_site(page, page.lines[chosen])
    for index in page.headlines:
        above = chosen is not None and index < chosen and len(page.lines[index].split()) <= 3
        if above or index == chosen or (page.title and _alike(page.lines[index], page.title)):
            page.lines[index] = ""


def _without_site(page: CopiedPage, headline: str) -> str:
    """A headline without its "| Reuters"; but a name after a dash may be a speaker's."""
    match = _SUFFIX.fullmatch(headline)
    if match is None:
        return headline
    site = match["site"].strip()
    if not (looks_like_outlet(site) or wire_of(site) or site == page.holder):
        return headline
    page.outlet = page.outlet or site
    return match["title"]


def _alike(line: str, title: str) -> bool:
    """Whether a line is the title or a variant of it: most words of the shorter are in the other."""
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (line, title))
    shared = len(words & others)
    return words == others or (shared >= 3 and shared >= 0.6 * min(len(words), len(others)))


def _take_author(page: CopiedPage, head: list[int]) -> None:
    """Take a name that stands below the headline and beside the date line: "Jane Doe in Moscow"."""
    for place, index in enumerate(head):
        beside = {*head[max(0, place - 1) : place], *head[place + 1 : place + 2]} & {*page.date_lines}
        line = page.lines[index]
        name = without_role(line)
        if not (line and beside and page.title and not page.author and _AUTHOR.fullmatch(name)):
            continue
        if wire := wire_in(name):
            page.agency = page.agency or wire
        else:
            page.author = re.split(r" in |,", name, maxsplit=1)[0]
        page.lines[index] = ""


def _take_dateline(page: CopiedPage) -> None:
    """Take a wire's dateline off the first paragraph, "MOSCOW, Oct 19 (Reuters) - "."""
    first = next(page.filled(), None)
    dateline = dateline_of(page.lines[first]) if first is not None else None
    if first is not None and dateline:
        page.lines[first] = page.lines[first][dateline.length :]
        page.agency = page.agency or dateline.wire


def _take_late_date(page: CopiedPage) -> None:
    """Take a date line below the head, where it is labelled: "Published: 5 May 2021, 10:30"."""
    for index in page.filled():
        line = page.lines[index]
        if _PUBLISHED.match(line) and len(line) <= 80 and take_date(page, line):
            page.lines[index] = ""
