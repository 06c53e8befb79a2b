"""What an article is called: its given id, or one made of its url, its outlet, title and date, its text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from index.canonical import one_line
from index.dates import known_day

# Parameters that say how a reader came, not what is read.
_TRACKING = re.compile(
    r"(utm_.*|at_.*|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|cmpid|ocid|ref|ref_src|src|smid|cid|ito)",
    re.IGNORECASE,
)
_SAME_SITE = re.compile(r"^(?:www|m|mobile|amp)\.")


def is_id(text: str) -> bool:
    """Whether a text may be an article's id: 1 to 200 printable characters, no white space, no slashes.

    So an id is one word on a command line and one segment of a web address; hence also neither "." nor "..".
    """
    allowed = 1 <= len(text) <= 200 and text.isprintable() and not re.search(r"[\s/\\]", text)
    return allowed and text not in {".", ".."}


def made_id(*, url: str | None, outlet: str | None, title: str, published: str | None, revision: str) -> str:
    """Twelve hexadecimal digits for an article without an id of its own, the same each time it is read.

    They are of its url; failing that of its outlet, title and date, and where those do not tell it from
    others, of its text, too; failing a title, of its text.
    """
    if url:
        return _digits(normal_url(url))
    if not title:
        return _digits(revision)
    name = _name(outlet, title, published)
    return _digits(name if told_apart(outlet, published) else f"{name}\n{revision}")


def told_apart(outlet: str | None, published: str | None) -> bool:
    """Whether outlet and date tell articles of one title apart; "Weather" is printed every day."""
    return outlet is not None and known_day(published) is not None


def ids_by_text(
    *, outlet: str | None, title: str, published: str | None, revisions: Iterable[str]
) -> frozenset[str]:
    """The ids that may have been made for an article that is not told apart, of the texts that it has had.

    Earlier versions of Dateline left the text out.
    """
    name = _name(outlet, title, published)
    return frozenset(map(_digits, [name, *(f"{name}\n{revision}" for revision in revisions)]))


def normal_url(url: str) -> str:
    """One spelling for all addresses of a page, for comparing only.

    Without scheme, "www.", fragment, default port, final slash and tracking parameters; host in lower case,
    other parameters sorted. What is no address stays as it is.
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:  # such as "http://[::1", or a port that is no number
        return url
    host = (parts.hostname or "").removeprefix("www.")
    kept = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])
    ]
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{urlencode(sorted(kept))}" if kept else "")


def web_address(text: str) -> str | None:
    """`text` as an http or https address, or None where it is none that a reader could open.

    Nor is one that names somebody before its host: `https://bank.example@evil.example/` leads elsewhere than
    it seems to.
    """
    text = one_line(text)
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
        usable = usable and "@" not in parts.netloc
    except ValueError:  # such as a port that is no number
        return None
    return text if usable and not re.search(r"[\s<>\"]", text) and len(text) <= 2000 else None


def joined_address(base: str, link: str) -> str | None:
    """A link of the page at `base` as a whole address, where it is one of the web."""
    try:
        return web_address(urljoin(base, link.strip()))
    except ValueError:  # such as "http://[::1"
        return None


def host_of(url: str | None) -> str:
    """The host of an address without "www."; empty where it is none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same_site(one: str | None, other: str | None) -> bool:
    """Whether two addresses are of one site: of one host, or one's host stands below the other's.

    Two below a third are two sites, since many sites let strangers write below theirs.
    """
    a, b = (_SAME_SITE.sub("", host_of(url)) for url in (one, other))
    return bool(a and b) and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))


def _name(outlet: str | None, title: str, published: str | None) -> str:
    return "\n".join((outlet or "", title, published or ""))


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
