"""What other programs export is read as what it is, whatever its file is called."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from io import BufferedReader, BytesIO
from pathlib import Path

import pytest
from archive_fakes import HashedWords
from export_files import BODY, NEWSML, NINJS_1, NINJS_2, NITF, PAGE, TELEGRAM, post, write_all, wxr

from index.articles.draft import Found, supplied_of
from index.articles.formats.columns import column_map
from index.articles.formats.editions import copyright_holder, credited, moment, with_offset
from index.articles.formats.json_values import values_of
from index.articles.formats.known import export_format
from index.articles.formats.xml_items import items_of
from index.articles.read import count_articles, read_paths
from index.errors import BadArticle, Refusal
from index.storage.archive import Archive
from index.storage.ingest import ingest


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[Found | Refusal]]:
    """What was read of each file, by its name."""
    folder = tmp_path_factory.mktemp("exports")
    write_all(folder)
    found: dict[str, list[Found | Refusal]] = {}
    for one in read_paths([folder]):
        found.setdefault(Path(one.where.split()[0]).name, []).append(one)
    return found


def fields(one: Found | Refusal) -> tuple[str | None, ...]:
    assert isinstance(one, Found), one
    article = one.article
    return article.title, article.outlet, article.agency, article.author, article.published, article.body


Read = Mapping[str, Sequence[Found | Refusal]]


def test_nitf(read: Read) -> None:
    (one,) = read["a.nitf"]
    assert fields(one) == (
        "Ferry late", "Quay Press", "Reuters", "Ann Dowell", "2024-03-07T08:15:00+01:00",
        "WESTPORT (Reuters) - The ferry was late again.\n\nWhy\n\nFog lay over the quay.",
    )  # fmt: skip
    assert isinstance(one, Found)
    assert one.article.id == "ferry-7"


def test_newsml_in_a_message(read: Read) -> None:
    one, cancelled = read["b"]
    assert fields(one) == (
        "Ferry back", "Quay Press", "AP", "Ann Dowell", "2024-03-07T10:00:00+00:00",
        "The ferry is back.\n\nIt was late.",
    )  # fmt: skip
    assert isinstance(one, Found)
    assert (one.article.id, one.article.language) == ("urn:newsml:quay.example:1", "en")
    assert one.edition == "2024-03-08T10:00:00"
    assert one.notes == ("passed over in this file: pictures 1",)
    assert isinstance(cancelled, Refusal)
    assert "was taken back by Quay Press (its status is 'canceled')" in cancelled.reason


def test_newsml_1_takes_the_fullest_form_of_its_text_and_leaves_captions(read: Read) -> None:
    one, cancelled = read["k.xml"]
    assert fields(one) == (
        "Ferry back", "Quay Press", "AP", "Ann Dowell", "2024-03-07T10:00:00+00:00",
        "The ferry is back.\n\nIt was late.",
    )  # fmt: skip
    assert isinstance(one, Found)
    assert (one.article.id, one.article.language) == ("urn:newsml:quay.example:20240307:7", "en")
    assert one.edition == "2024-03-08T10:00:00"
    assert one.notes == ("passed over in this file: items without a text 1",)
    assert isinstance(cancelled, Refusal)
    assert "was taken back by Quay Press (its status is 'canceled')" in cancelled.reason


def test_ninjs_of_each_version(read: Read) -> None:
    (second,) = read["c.json"]
    assert fields(second) == (
        "Bridge opens", "Quay Press", "Reuters", "Ann Dowell", "2024-03-07T09:00:00+01:00", f"{BODY}\n\nYes."
    )  # fmt: skip
    (first,) = read["d.json"]
    assert fields(first) == ("Old one", "Quay Press", None, None, "2024-03-09T10:00:00+00:00", BODY)
    assert isinstance(first, Found)
    assert first.article.url == "https://quay.example/news/1"
    third, gone = read["e.json"]
    assert fields(third) == ("Third", "Quay Press", None, None, "2024-03-10T10:00:00+00:00", BODY)
    assert isinstance(third, Found)
    assert (third.article.id, third.notes) == ("urn:quay:10", ("passed over in this file: pictures 1",))
    assert isinstance(gone, Refusal)
    assert gone.where.endswith("item 3")


def test_wordpress_posts_by_the_clock_of_their_site(read: Read) -> None:
    one, broken, last = read["f.xml"]
    assert fields(one) == (
        "Bridge open", "Quay Post", None, "Ann Dowell", "2024-03-07T23:30:00-05:00",
        "The bridge is open.\n\nIt was closed [sic] in March.\n\nThe council & the mayor came. is no tag.",
    )  # fmt: skip
    assert isinstance(broken, Found)
    assert "not well-formed XML" in broken.notes[0]
    assert fields(last)[0] == "Bridge shut"
    assert isinstance(last, Found)
    assert last.notes == ("passed over in this file: pages 1, drafts 1",)


def test_posts_of_a_telegram_channel(read: Read) -> None:
    one, two = read["g.json"]
    assert fields(one) == (
        "The ferry is late.", "Quay Channel", None, None, "2024-03-07T12:00:00+02:00",
        "The ferry is late.\nFog lies over the quay.",
    )  # fmt: skip
    assert fields(two)[2:4] == ("Reuters", "Ann Dowell")
    assert isinstance(one, Found)
    assert (one.article.id, one.edition) == ("telegram-1234-2", "2024-03-07T11:00:00")
    assert one.article.updated == "2024-03-07T11:00:00+00:00"
    assert isinstance(two, Found)
    assert two.notes == ("passed over in this file: service messages 1, posts without text 1",)


def test_a_table_says_which_column_was_read_as_what(read: Read) -> None:
    one, short, marked = read["h.csv"]
    assert fields(one) == (
        "Bridge; again", None, None, "Ann Dowell, Bob Roe", "2024-03-07", f"{BODY}\n\nSecond."
    )  # fmt: skip
    assert isinstance(one, Found)
    assert one.notes == (
        "columns: Body → text, Headline → title, Pub Date → published, Authors → author; not read: Section",
    )
    assert isinstance(short, Refusal)
    assert short.reason == "has 2 columns, expected 5 as in the first line"
    assert fields(marked)[4:] == ("2024-03-07T10:00:00+00:00", "One.\n\nTwo is here.")


def test_pages_of_a_crawl(read: Read) -> None:
    (one,) = read["i.dat"]
    assert isinstance(one, Found)
    assert (one.article.outlet, one.article.url) == ("Quay Post", "https://quay.example/bridge")
    assert one.article.body.startswith(BODY)
    told = "passed over in this file: answers that are no pages 1, answers with the status 404 1"
    assert told in one.notes


def test_parquet(read: Read) -> None:
    one, empty = read["j.bin"]
    assert fields(one)[::5] == ("Bridge table", BODY)
    assert isinstance(empty, Refusal)
    assert "has no text (title 'Empty')" in empty.reason


BROKEN = {
    '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>': "declares entities",
    NITF.replace("</hl1>", ""): "is not well-formed XML",
    NEWSML.replace("newsItem", "conceptItem"): "holds no article, expected one (it holds concepts 3)",
    wxr(): "is a WordPress export and holds no article",
    wxr(post("One", "Text."))[:-60]: "is not closed: the file ends within it",
    json.dumps({**TELEGRAM, "type": "personal_chat"}): "is a personal chat of Telegram, expected a channel",
    json.dumps(NINJS_2)[:-30]: "is not JSON",
    "title,section\nA,B\n": "has no column for the text: its columns are 'title', 'section'",
    "PAR1" + "x" * 100: "is damaged as Parquet",
    "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: nine\r\n\r\n": "WARC",
}


def test_a_broken_export_is_refused_with_its_reason(tmp_path: Path) -> None:
    for number, content in enumerate(BROKEN):
        (tmp_path / f"{number:02}.csv").write_text(content)
    last = {one.where.split()[0]: one for one in read_paths([tmp_path])}
    for one, reason in zip(last.values(), BROKEN.values(), strict=True):
        assert isinstance(one, Refusal)
        assert reason in one.reason


def test_an_item_that_ends_its_parser_is_refused_and_its_neighbours_go_in(tmp_path: Path) -> None:
    deep = "<span>" * 400_000 + "Deep."
    (tmp_path / "a.xml").write_text(wxr(post("One", "Text."), post("Deep", deep), post("Two", "More.")))
    results = [*read_paths([tmp_path])]
    titles = [one.article.title for one in results if isinstance(one, Found)]
    assert titles[0] == "One"
    assert titles[-1] == "Two"


def test_exports_are_unpacked_by_what_they_hold_and_counted_for_the_bar(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(gzip.compress(wxr(post("One", "Text."), post("Two", "More.")).encode()))
    assert export_format(tmp_path / "a.xml") == "wxr"
    assert count_articles([tmp_path]) == 2
    assert [fields(one)[0] for one in read_paths([tmp_path])] == ["One", "Two"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "# Title, text, date\n\nThe ferry is late."),
        ("a.json", '{"title": "T", "text": "The ferry is late.", "uri": "x"}'),
        ("a.txt", "Ferry, late\n\nThe title, text and date were lost."),
        ("a.html", PAGE),
        ("a.xml", "<rss><channel><item><title>Feed</title></item></channel></rss>"),
    ],
)
def test_what_is_no_export_is_not_taken_for_one(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert export_format(tmp_path / name) is None


def test_what_files_do_not_say_is_supplied_and_what_they_say_stands(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\noutlet: Herald\npublished: n/a\n---\nThe ferry is late.")
    (tmp_path / "b.md").write_text("# B\n\nThe ferry is late again.")
    supplied = supplied_of(outlet=" Quay  Post ", published="1987-05", language="en")
    one, two = read_paths([tmp_path], supplied=supplied)
    assert fields(one)[1::3] == ("Herald", None)
    assert fields(two)[1::3] == ("Quay Post", "1987-05")
    assert isinstance(two, Found)
    assert two.article.language == "en"


@pytest.mark.parametrize("given", [{"published": "May"}, {"language": "English!"}, {"outlet": " "}])
def test_what_is_supplied_must_be_usable(given: dict[str, str]) -> None:
    with pytest.raises(BadArticle, match=f"--{next(iter(given))} is "):
        supplied_of(**{"outlet": None, "published": None, "language": None, **given})


def test_long_lists_are_read_value_by_value(tmp_path: Path) -> None:
    rows = [{"n": number, "text": "x" * 3_000} for number in range(200)]
    (tmp_path / "a.json").write_text(json.dumps({"name": "C", "messages": rows, "after": [1]}))
    with (tmp_path / "a.json").open("rb") as stream:
        assert [*values_of(stream, under="messages")] == rows
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with (tmp_path / "b.jsonl").open("rb") as stream:
        assert [*values_of(stream)] == rows


def test_items_are_cut_at_their_tags_and_nowhere_else(tmp_path: Path) -> None:
    items = [
        "<item>1</item>",
        "<item a='b'><![CDATA[</item>]]><!-- <item> </item> -->2</item>",
        "<item>3</item>",
    ]
    (tmp_path / "a.xml").write_text(f"<rss><!-- <item> -->{' '.join(items)}<items/></rss><item>open")
    with (tmp_path / "a.xml").open("rb") as stream:
        cuts = [*items_of(stream, "item")]
    assert [cut.item and cut.item.decode() for cut in cuts] == [*items, None]
    assert {cut.head for cut in cuts} == {b"<rss><!-- <item> -->"}


@pytest.mark.parametrize("unclosed", [b"<!--", b"<![CDATA["])
def test_a_comment_that_is_not_closed_costs_one_look_and_no_item_before_it(unclosed: bytes) -> None:
    data = b"<rss><item>1</item>" + unclosed * 200_000  # each followed to the end: 10 ** 11 bytes
    with BufferedReader(BytesIO(data)) as stream:  # type: ignore[arg-type]
        assert [cut.item for cut in items_of(stream, "item")] == [b"<item>1</item>"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["id", "headline", "article", "publication"], {"id", "title", "text", "outlet"}),
        (["заголовок", "текст", "дата"], {"title", "text", "published"}),
        (["a", "b"], {"text"}),
    ],
)
def test_columns_are_known_by_their_names_else_by_their_prose(names: list[str], expected: set[str]) -> None:
    sample = [["1", "prose " * 50, "", ""]]
    assert set(column_map(names, sample).values()) == expected


@pytest.mark.parametrize(
    ("notice", "holder"),
    [
        ("Copyright 2024, Quay Press (www.quay.example). All rights reserved", "Quay Press"),
        ("© Quay Press 2023-24. Alle Rechte vorbehalten", "Quay Press"),
        ("All rights reserved", None),
        ("", None),
    ],
)
def test_who_holds_the_copyright(notice: str, holder: str | None) -> None:
    assert copyright_holder(notice) == holder


def test_agencies_words_for_writers_and_moments() -> None:
    assert credited("By Ann Dowell, Reuters", outlet=None) == {"author": "Ann Dowell", "agency": "Reuters"}
    assert credited("NTB", outlet="NTB") == {"author": None}
    assert moment("20240307T081500Z") == "2024-03-07T08:15:00Z"
    assert with_offset("2024-03-07 12:00:00", "2024-03-07 06:30:00") == "2024-03-07T12:00:00+05:30"
    assert with_offset("2024-03-07 12:00:00", "2024-03-06 06:30:00") is None


@pytest.mark.parametrize("order", ["12", "21"])
def test_a_later_version_becomes_a_revision_and_an_earlier_one_changes_nothing(
    tmp_path: Path, order: str
) -> None:
    for version in "12":
        item = {
            **NINJS_1,
            "body_text": f"The bridge opens at {version}.",
            "versioncreated": f"2024-03-0{version}",
        }
        (tmp_path / f"{order.index(version)}.json").write_text(json.dumps(item))
    encoder = HashedWords()
    with Archive.open(tmp_path / "home", encoder, write=True) as archive:
        for files in ([tmp_path], [tmp_path], [tmp_path / f"{order.index('1')}.json"]):
            paths = [
                path for one in files for path in (sorted(one.glob("*.json")) if one.is_dir() else [one])
            ]
            report = ingest(archive, encoder, read_paths(paths))
            (article,) = archive.articles()
            assert (article.body, report.refused) == ("The bridge opens at 2.", ())
        assert (report.added, report.updated, report.unchanged) == (0, 0, 1)
        assert len(archive.revisions(article.id)) == (2 if order == "12" else 1)
        assert (report.undated, report.unnamed) == (0, 0)
