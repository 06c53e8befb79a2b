"""The columns of a table into the fields of an article: by their names, else by what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from index.articles.formats.markup import is_marked_up, paragraphs
from index.errors import BadArticle

# What columns are called that hold what a field needs; the first that a table has is taken.
_CALLED = {
    "text": "text body content article_body articlebody article_text full_text fulltext maintext main_text"
            " story cleaned_text clean_text article plain_text raw_text текст содержание contenu texte inhalt"
            " texto testo",
    "title": "title headline head heading article_title name subject заголовок название titre titel titulo"
             " titolo",
    "outlet": "outlet source publisher publication newspaper site site_name sitename source_name media medium"
              " source_domain domain hostname источник издание сми journal quelle fuente fonte",
    "published": "published publish_date date_publish published_at publication_date date_published pubdate"
                 " pub_date publishedat datepublished date datetime timestamp created_at created time дата"
                 " datum fecha data",
    "author": "author authors byline creator writer journalist автор авторы auteur autor autore",
    "agency": "agency wire news_agency агентство agence",
    "url": "url link href article_url canonical_url web_url permalink address ссылка адрес",
    "language": "language lang язык langue sprache idioma lingua",
    "id": "id article_id guid uuid uid",
}  # fmt: skip
_PROSE = 200  # characters on average make a column one of texts
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_LIST = re.compile(r"""\[\s*+(?:(?:'[^']*+'|"[^"]*+")\s*+,?\s*+)*+\]""")


def known_columns(names: Sequence[str]) -> dict[str, str]:
    """The field of each column that has the name of one, by the column; of two for a field the likelier."""
    folded = {_folded(name): name for name in reversed(names)}
    found = {}
    for field, called in _CALLED.items():
        column = next((folded[one] for one in called.split() if one in folded), None)
        if column is not None and column not in found:
            found[column] = field
    return found


def column_map(names: Sequence[str], sample: Sequence[Sequence[object]]) -> dict[str, str]:
    """The field of each column that is read, by the column's name.

    Where no column is called as texts are, the one with the longest prose in the `sample` is taken. Raises
    `BadArticle` where there is none.
    """
    found = known_columns(names)
    if "text" in found.values():
        return found
    means = []
    for number, name in enumerate(names):
        cells = [len(str(row[number] or "")) for row in sample if number < len(row)]
        means.append((sum(cells) / max(1, len(cells)), name))
    length, longest = max(means, default=(0.0, ""))
    if length < _PROSE:
        raise BadArticle(
            f"has no column for the text: its columns are {', '.join(map(repr, names))[:300]}; expected one"
            " called 'text', 'body' or 'content'"
        )
    return {**found, longest: "text"}


def map_note(names: Sequence[str], fields: Mapping[str, str]) -> str:
    """Which column is read as what, for people."""
    read = ", ".join(f"{name} → {field}" for name, field in fields.items())
    left = [name for name in names if name not in fields]
    return f"columns: {read}" + (f"; not read: {', '.join(left)[:300]}" if left else "")


def fields_of(row: Mapping[str, object], fields: Mapping[str, str]) -> dict[str, object]:
    """The fields of a row."""
    values = {field: _value(row.get(name), field) for name, field in fields.items()}
    text = values.get("text")
    if isinstance(text, str) and is_marked_up(text):
        title = values.get("title")
        values["text"] = paragraphs(text, title=title if isinstance(title, str) else None)
    return values


def _value(value: object, field: str) -> object:
    """A cell as its field wants it: dates as ISO, several names as a list, nothing as None."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value != value:  # NaN, as tools write for nothing
        return None
    if field == "published" and _EPOCH.fullmatch(str(value)):
        return _from_epoch(str(value))
    if isinstance(value, str) and value.strip().casefold() in {"", "nan", "none", "null", "n/a"}:
        return None
    if field == "author" and isinstance(value, str) and _LIST.fullmatch(value.strip()):
        return ", ".join(match[2] for match in re.finditer(r"(['\"])(.*?)\1", value)) or None
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if field == "text" or value is None or isinstance(value, list) else str(value)


def _from_epoch(digits: str) -> str:
    seconds = float(digits) / (1000 if len(digits.partition(".")[0]) == 13 else 1)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _folded(name: str) -> str:
    return re.sub(r"[\s.:-]+", "_", name.strip().strip("\ufeff").casefold())
