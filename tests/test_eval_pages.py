import gzip
import json
import tarfile
from pathlib import Path

from click.testing import CliRunner
from page_parts import FLOUR, PARAGRAPHS, paragraphs, story

from eval.studies.page_fields import is_outlet
from eval.studies.pages import main

WHOLE = story(paragraphs(*PARAGRAPHS, FLOUR))
CUT = story(paragraphs(*PARAGRAPHS[:3], "Shopkeepers on the north quay asked for a second ferry, and"))


def test_fields_and_what_is_missing_foreign_and_cut_are_counted(tmp_path: Path) -> None:
    value = {
        "title": "Millbrook shuts its bridge",  # the page's own headline is right as well
        "authors": ["Ann Dowell", "Courier staff"],
        "publishing_date": "2024-02-24 23:42:00+00:00",
        "body": {"sections": [{"headline": [], "paragraphs": PARAGRAPHS}]},
    }
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "Courier.json").write_text(json.dumps({"V1": value, "V2": value}))
    head = (
        '<meta property="og:site_name" content="The Courier"><meta name="author" content="Ann Dowell">'
        '<meta property="article:published_time" content="2024-02-25T00:42:00+01:00">'
    )
    for date, page, stated in (("2024_02_24", WHOLE, head), ("2025_02_24", CUT, "")):
        text = f'<html lang="en"><head>{stated}</head><body>{page}</body></html>'.encode()
        (tmp_path / "xx" / f"Courier_{date}.html.gz").write_bytes(gzip.compress(text))
    with tarfile.open(tmp_path / "pages.tar.gz", "w:gz") as packed:
        packed.add(tmp_path / "xx", "xx")
    lost = "the council promised them an answer within two weeks"
    total = 2 * sum(map(len, PARAGRAPHS))
    output = CliRunner().invoke(main, [str(tmp_path / "pages.tar.gz")]).output.splitlines()
    figures = {line[:36].strip(): line[72:].strip() for line in output}
    stored = figures.pop("stored characters foreign")
    assert stored.startswith(f"{len(FLOUR) - 2}/")  # its words, without the comma and the full stop
    assert figures == {
        "": "all",
        "pages": "2",
        "refused": "0",
        "title right": "2/2 100.0%",
        "title as expected": "0/2 0.0%",
        "outlet right": "1/2 50.0%",
        "day right": "1/2 50.0%",
        "author right": "1/2 50.0%",
        "paragraphs found": "7/8 87.5%",
        "expected characters missing": f"{len(lost)}/{total} {len(lost) / total:.1%}",
        "without the three worst pages": "0/0 0.0%",
        "pages with anything foreign": "1/2 50.0%",
        "English pages with anything foreign": "1/2 50.0%",
        "pages with less than half": "0",
        "pages with a paragraph cut": "1",
    }


def test_an_outlet_is_its_name_or_its_initials() -> None:
    right = [("The Courier", "Courier"), ("Courier", "TheCourier"), ("Legal Tribune Online", "LTO")]
    wrong = ["courier_news", "https://courier.example", "Courier Verlag GmbH", "Courier, Millbrook", "Post"]
    assert all(is_outlet(name, expected) for name, expected in right)
    assert [name for name in wrong if is_outlet(name, "Courier")] == []
