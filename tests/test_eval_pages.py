import gzip
import json
import tarfile
from pathlib import Path

from click.testing import CliRunner
from page_parts import FLOUR, PARAGRAPHS, paragraphs, story

from eval.studies.pages import main

WHOLE = story(paragraphs(*PARAGRAPHS, FLOUR))
CUT = story(paragraphs(*PARAGRAPHS[:3], "Shopkeepers on the north quay asked for a second ferry, and"))


def test_what_is_missing_foreign_and_cut_is_counted(tmp_path: Path) -> None:
    value = {"title": "", "authors": [], "body": {"sections": [{"headline": [], "paragraphs": PARAGRAPHS}]}}
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "Courier.json").write_text(json.dumps({"V1": value, "V2": value}))
    for date, page in (("2024_02_24", WHOLE), ("2025_02_24", CUT)):
        text = f"<html><body>{page}</body></html>".encode()
        (tmp_path / "xx" / f"Courier_{date}.html.gz").write_bytes(gzip.compress(text))
    with tarfile.open(tmp_path / "pages.tar.gz", "w:gz") as packed:
        packed.add(tmp_path / "xx", "xx")
    lost = "the council promised them an answer within two weeks"
    total = 2 * sum(map(len, PARAGRAPHS))
    assert CliRunner().invoke(main, [str(tmp_path / "pages.tar.gz")]).output.splitlines() == [
        "2 pages, 0 refused",
        "expected paragraphs found     7 of 8 (87.5%)",
        f"expected characters missing   {len(lost)} of {total} ({len(lost) / total:.1%})",
        "pages with less than half     0",
        f"foreign characters in bodies  {len(FLOUR) - 2}",  # its words, without the comma and the full stop
        "pages with anything foreign   1",
        "pages with a paragraph cut    1",
    ]
