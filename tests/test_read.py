import gzip
import os
import socket
from pathlib import Path

import pytest

from index.articles.draft import Found
from index.articles.read import count_articles, read_paths
from index.errors import Refusal

GOOD = "---\ntitle: Truce holds\nurl: https://post.example/truce\n---\nIt holds."
PAGE = "Truce holds for a day\n\nThe foreign ministers met for ten hours and agreed to stop firing at noon.\n"
ROW = '{"id": "%s", "title": "T", "text": "It holds."}\n'


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path) -> str:
    """The reason why a file with one good neighbour is refused; the neighbour is found."""
    write(path.parent, "zz-good.md", GOOD)
    *refused, good = read_paths([path.parent])
    assert isinstance(good, Found)
    (one,) = refused
    assert isinstance(one, Refusal)
    assert one.where.startswith(str(path))
    return one.where.removeprefix(str(path)) + " " + one.reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "", "is empty"),
        ("a.md", " \n\n", "is empty"),
        ("a.jsonl", "\n\n", "is empty"),
        ("a.txt", "x" * 50_000_000, "has more than 10,000,000 bytes"),
        ("a.txt", "x " * 2_000_000, "has 4,000,000 characters, expected at most 1,000,000"),
        ("a.jsonl", b'{"text": "' + b"x" * 50_000_000, " line 1 is longer than 10,000,000 bytes"),
        ("a.txt", bytes(range(256)) * 4, "is binary"),
        ("a.md", b"%PDF-1.7", "is a PDF file"),
        ("a.pdf", b"%PDF-1.7", "is a PDF file, expected text (save what it says as .txt and add that)"),
        ("a.docx", b"PK\x03\x04", "is a ZIP archive (also .docx, .epub, .odt), expected text"),
        ("a.tex", "text", "has the suffix '.tex', expected one of .md"),
        ("a", "text", "has the suffix '', expected one of .md"),
        ("a.md", "---\ntitle: [T\n---\nBody.", " line 3 front matter is not YAML"),
        ("a.jsonl", "junk", " line 1 is not JSON"),
        ("a.json", "junk", "is not JSON"),
        ("a.txt.gz", "not gzip", "is damaged as .gz"),
        ("a.jsonl.gz", gzip.compress(b"x" * 60_000_000, mtime=0), "unpacks to more than 50,000,000 bytes"),
        ("a.txt.gz", gzip.compress(b"a" * 60_000_000, mtime=0), "has more than 10,000,000 bytes"),
        ("a.txt", "ADVERTISEMENT\n\nTruce holds for a day\n\n© 2020 Post", "has no text (title 'Truce"),
        ("a.html", "<html><body></body></html>", "has no article that can be told"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_reason_and_its_neighbour_goes_in(
    tmp_path: Path, name: str, content: bytes | str, reason: str
) -> None:
    assert reason in refusal(write(tmp_path, name, content))


def test_a_truncated_archive_gives_its_good_rows_and_a_refusal(tmp_path: Path) -> None:
    rows = "".join(ROW % number for number in range(5000))
    path = write(tmp_path, "a.jsonl.gz", gzip.compress(rows.encode())[:-20])
    *good, last = read_paths([path])
    assert len(good) > 1000
    assert all(isinstance(one, Found) for one in good)
    assert isinstance(last, Refusal)
    assert "damaged as .gz" in last.reason


def test_pipes_sockets_devices_loops_and_missing_paths_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "round.md").symlink_to("round.md")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.txt"))
        reasons = {
            Path(one.where).name: one.reason
            for one in read_paths([tmp_path, tmp_path / "missing"])
            if isinstance(one, Refusal)
        }
    assert reasons["pipe.txt"] == "is a named pipe, expected a file or a folder"
    assert reasons["zero.txt"] == "is a device, expected a file or a folder"
    assert reasons["socket.txt"] == "is a socket, expected a file or a folder"
    assert reasons["round.md"] == "is a link that leads round in a circle, expected a file or a folder"
    assert reasons["dangling.md"] == reasons["missing"] == "does not exist"


def test_a_link_back_to_its_own_folder_is_not_followed_again(tmp_path: Path) -> None:
    write(tmp_path, "a/good.md", GOOD)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    found, refused = read_paths([tmp_path])
    assert isinstance(found, Found)
    assert isinstance(refused, Refusal)
    assert "is a link back to" in refused.reason


@pytest.mark.parametrize("called", ["iterdir", "open", "stat"])
def test_what_may_not_be_read_is_refused_and_its_neighbour_goes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: str
) -> None:
    write(tmp_path, "b.md", GOOD)
    write(tmp_path, "closed/a.md", "---\ntitle: Other\n---\nOther.")
    real = getattr(Path, called)

    def refuse(path: Path, *args: object, **options: object) -> object:  # a root user may read everything
        if "closed" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(Path, called, refuse)
    found, refused = read_paths([tmp_path])
    assert isinstance(found, Found)
    assert isinstance(refused, Refusal)
    assert "closed" in refused.where
    assert refused.reason == "may not be read (permission denied)"


@pytest.mark.parametrize(
    ("suffix", "encoding"),
    [
        *(
            (".txt", encoding)
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r")
        ),
        *((".md", encoding) for encoding in ("utf-8-sig", "utf-16", "cp1251")),
        *((".html", encoding) for encoding in ("utf-16", "cp1251")),
    ],
)
def test_russian_reads_right_in_every_encoding(tmp_path: Path, encoding: str, suffix: str) -> None:
    body = "Стороны договорились о прекращении огня с полудня субботы, сообщил министр иностранных дел."
    texts = {
        ".txt": f"Перемирие начнётся в полдень субботы\n\n{body}\n",
        ".md": f"# Перемирие\n\n{body}\n",
        ".html": f'<html><head><meta charset="iso-8859-1"><title>Перемирие</title></head><body><article>'
        f"<h1>Перемирие</h1><p>{body}</p><p>{body}</p></article></body></html>",
    }
    path = write(tmp_path, f"a{suffix}", texts[suffix].encode(encoding))
    (found,) = read_paths([path])
    assert isinstance(found, Found)
    assert body in found.article.body
    assert found.article.title.startswith("Перемирие")


def test_files_are_read_in_the_order_of_their_names_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "c.jsonl", ".hidden.jsonl", ".git/x.jsonl", "a/a.jsonl"):
        write(tmp_path, name, ROW % name.replace("/", "-"))
    ids = [one.article.id for one in read_paths([tmp_path]) if isinstance(one, Found)]
    assert ids == ["a-a.jsonl", "a-z.jsonl", "b.jsonl", "c.jsonl"]
    assert count_articles([tmp_path]) == 4
    (named,) = read_paths([tmp_path / ".hidden.jsonl"])
    assert isinstance(named, Found)


def test_a_text_file_with_front_matter_or_html_in_it_is_read_as_that(tmp_path: Path) -> None:
    paragraphs = "<p>The ministers met for ten hours and agreed to stop firing at noon on Saturday.</p>" * 3
    write(tmp_path, "a.txt", GOOD)
    write(
        tmp_path,
        "b.txt",
        f"<!DOCTYPE html><html><head><title>Talks</title></head><body>{paragraphs}</body></html>",
    )
    front, html = read_paths([tmp_path])
    assert isinstance(front, Found)
    assert isinstance(html, Found)
    assert (front.article.title, front.article.body) == ("Truce holds", "It holds.")
    assert (html.article.title, "<" in html.article.body) == ("Talks", False)


def test_notes_say_what_was_left_unknown_and_which_encoding_was_guessed(tmp_path: Path) -> None:
    text = "---\ntitle: Перемирие\npublished: n/a\n---\nСтороны договорились о прекращении огня."
    (found,) = read_paths([write(tmp_path, "a.md", text.encode("cp1251"))])
    assert isinstance(found, Found)
    assert found.where == str(tmp_path / "a.md")
    assert found.notes == (
        "encoding: read as cp1251, a guess",
        "published: 'n/a' is not a date (expected an ISO date such as 2020-10-19); left unknown",
    )


def test_a_name_that_cannot_be_printed_is_shown_on_one_line(tmp_path: Path) -> None:
    name = b"a\xff\n\x1b[31m.txt".decode("utf-8", "surrogateescape")
    (found,) = read_paths([write(tmp_path, name, PAGE)])
    assert found.where == f"{tmp_path}/a???[31m.txt"


def test_the_rows_of_jsonl_count_as_articles(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl.gz", gzip.compress((ROW % 1 + ROW % 2).encode()))
    write(tmp_path, "b.md", GOOD)
    write(tmp_path, "c.png", "x")
    assert count_articles([tmp_path]) == 3


def test_the_project_s_own_seeds_are_all_read_without_a_note() -> None:
    found = list(read_paths([Path(__file__).parents[1] / "seeds"]))
    assert len(found) >= 10
    assert all(isinstance(one, Found) and not one.notes for one in found)


def test_a_file_of_nothing_but_refusals_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text("{}\n" * 20_000)
    (tmp_path / "next.md").write_text("# Next\n\nThe ferry is back.\n")
    found = list(read_paths([tmp_path]))
    assert len(found) == 10_002
    assert isinstance(found[-2], Refusal) and "is given up after 10,000" in found[-2].reason
    assert isinstance(found[-1], Found)
