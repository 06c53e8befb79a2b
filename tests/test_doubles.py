from pathlib import Path

import pytest

from index.articles.doubles import Doubles
from index.articles.draft import Found
from index.articles.read import read_paths
from index.errors import Refusal

GOOD = "---\ntitle: Truce holds\nurl: https://post.example/truce\n---\nIt holds."
DATED = "---\noutlet: Gazette\npublished: 2020-10-19\n---\n# Truce\n\nIt holds."


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content)
    return path


def settled(*paths: Path) -> list[Refusal | None]:
    """The refusal of each article in turn, None where it may go in."""
    doubles = Doubles()
    return [doubles.refusal(one) for one in read_paths(paths) if isinstance(one, Found)]


def test_the_same_article_may_come_twice(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", GOOD)
    write(tmp_path, "b.md", GOOD.replace("post.example/truce", "www.post.example/truce/?utm_source=x"))
    first, again, other = settled(path, path, tmp_path / "b.md")
    assert (first, again) == (None, None)
    assert other is not None  # its url is written otherwise, so it is not the same article


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (GOOD, GOOD.replace("It holds.", "It broke."), "url post.example/truce"),
        (
            GOOD,
            GOOD.replace("title:", "id: other\ntitle:").replace("It holds", "It broke"),
            "url post.example/truce",
        ),
        ("---\nid: t\n---\nIt holds.", "---\nid: t\n---\nIt broke.", "id t"),
        (DATED, DATED.replace("It holds.", "It broke."), "outlet, title and date ('Truce')"),
        ("---\nauthor: A\n---\n# T\n\nX.", "---\nauthor: B\n---\n# T\n\nX.", "text ('T')"),
    ],
)
def test_a_second_article_of_one_name_is_refused_naming_the_first(
    tmp_path: Path, first: str, second: str, shared: str
) -> None:
    write(tmp_path, "a.md", first)
    write(tmp_path, "b.md", second)
    taken, refused = settled(tmp_path)
    assert taken is None
    assert refused == Refusal(
        str(tmp_path / "b.md"), f"has the {shared} of {tmp_path / 'a.md'} but other content, expected its own"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("# Truce\n\nIt holds.", "# Truce\n\nIt broke."),
        (DATED, DATED.replace("Gazette", "Rival").replace("holds", "broke")),
        (DATED, DATED.replace("2020-10-19", "2020-10-20").replace("holds", "broke")),
    ],
)
def test_articles_that_only_share_their_title_are_two(tmp_path: Path, first: str, second: str) -> None:
    write(tmp_path, "a.md", first)
    write(tmp_path, "b.md", second)
    assert settled(tmp_path) == [None, None]
