"""The articles in seeds/ are ours: complete, neutral in form, and in nobody else's words."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.md"))
SHARED = ROOT.parent / "shared" / "seeds"
REQUIRED = {"id", "title", "outlet", "agency", "author", "url", "language", "digests"}
KNOWN = REQUIRED | {"published"}
# Who is quoted, as the articles name them; a document speaks for itself.
SPEAKERS = ("Lavrov", "Aliyev", "Ministry in Yerevan", "statement", "Security Council", "council", "заявлени")
QUOTATION = re.compile(r"[“«](.+?)(?:[”»]|\n\n|$)", re.DOTALL)


def front_matter(path: Path) -> dict[str, object]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(loaded, dict)
    return loaded


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2].strip()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("’", "'"))


def runs(text: str, *, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


@pytest.fixture(params=SEEDS, ids=lambda path: path.stem)
def seed(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


def test_there_are_at_least_ten_and_a_readme_is_not_among_them() -> None:
    assert len(SEEDS) >= 10
    assert {path.name for path in (ROOT / "seeds").iterdir()} == {path.name for path in SEEDS}
    assert "readme" not in {path.stem.lower() for path in SEEDS}


def test_front_matter_is_complete_and_says_what_is_digested(seed: Path) -> None:
    fields = front_matter(seed)
    assert fields.keys() >= REQUIRED
    assert fields.keys() <= KNOWN
    assert fields["id"] == seed.stem
    assert isinstance(fields["title"], str)
    assert isinstance(fields["outlet"], str)
    assert fields["language"] in {"en", "ru"}
    assert fields["digests"]
    assert fields["url"] is None or str(fields["url"]).startswith("https://example.org/")


def test_a_date_is_exact_or_absent(seed: Path) -> None:
    published = front_matter(seed).get("published")
    if published is not None:
        assert isinstance(published, str), "YAML made a date of it: give it hours and minutes"
        assert datetime.fromisoformat(published).year == 2020


def test_each_is_150_to_400_words(seed: Path) -> None:
    assert 150 <= len(body(seed).split()) <= 400


def test_no_sentence_of_the_shared_articles_is_copied(seed: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/seeds is not beside this checkout")
    published = {
        run for path in SHARED.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"), length=8)
    }
    assert published
    assert not runs(body(seed), length=8) & published


def test_a_quotation_is_a_fragment_with_its_speaker_beside_it(seed: Path) -> None:
    paragraphs = body(seed).split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        near = "\n\n".join(paragraphs[max(0, number - 1) : number + 1])
        for quotation in QUOTATION.findall(paragraph):
            assert len(quotation.split()) <= 12, quotation
            assert any(speaker in near for speaker in SPEAKERS), quotation


def test_the_set_holds_the_cases_that_news_archives_hold() -> None:
    fields = [front_matter(path) for path in SEEDS]
    bodies = [body(path) for path in SEEDS]
    copies = [
        {fields[i]["outlet"] for i, text in enumerate(bodies) if text == body_text}
        for body_text in set(bodies)
        if bodies.count(body_text) > 1
    ]
    assert [len(outlets) for outlets in copies] == [2]  # one syndicated pair, in two outlets
    assert sum(entry.get("published") is None for entry in fields) == 1
    assert sum(entry["language"] == "ru" for entry in fields) == 1
    assert sum("An earlier version of this article said" in text for text in bodies) == 1
    assert any("liberated Shusha" in text for text in bodies)
    assert any("took control of Shushi" in text for text in bodies)
    assert any(re.search(r"[“][^”]*\n\n“[^”]*” [^\n]*he said", text) for text in bodies)
