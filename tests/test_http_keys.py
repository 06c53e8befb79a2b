from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from bot.http.access.keys import KeyRing
from index.errors import BadInput, BadSetting


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "home" / "keys.json")


def test_a_key_opens_and_its_secret_is_in_no_file(ring: KeyRing, tmp_path: Path) -> None:
    token = ring.add("newsroom", write=True, per_minute=30)
    found = ring.match(token)
    assert found is not None
    assert (found.name, found.write, found.per_minute) == ("newsroom", True, 30)
    written = (tmp_path / "home" / "keys.json").read_text()
    assert token not in written
    assert token.rpartition("_")[2] not in written
    assert found.sha256 not in repr(found)


def test_the_file_is_for_its_owner_only(ring: KeyRing, tmp_path: Path) -> None:
    ring.add("newsroom")
    assert stat.S_IMODE((tmp_path / "home" / "keys.json").stat().st_mode) == 0o600


def test_nothing_but_the_whole_key_opens(ring: KeyRing) -> None:
    token = ring.add("newsroom")
    other = "A" if token[-1] != "A" else "B"
    for wrong in (
        "",
        token[:-1],
        token + "A",
        token[:-1] + other,
        token.upper(),
        f" {token}",
        "dateline_\udcff",
    ):
        assert ring.match(wrong) is None


def test_a_removed_key_is_worthless_in_a_process_that_knew_it(ring: KeyRing, tmp_path: Path) -> None:
    token = ring.add("newsroom")
    server = KeyRing(tmp_path / "home" / "keys.json")
    assert server.match(token)
    ring.remove("newsroom")
    assert server.match(token) is None


def test_a_name_is_given_once_and_has_a_form(ring: KeyRing) -> None:
    ring.add("newsroom")
    for name in ("newsroom", "", "two words", "x" * 61):
        with pytest.raises(BadInput, match="expected"):
            ring.add(name)
    with pytest.raises(BadInput, match="no key is named 'desk'"):
        ring.remove("desk")
    assert [key.name for key in ring.all()] == ["newsroom"]


def test_a_spoiled_file_is_refused_without_showing_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text(
        json.dumps([{"id": "x", "name": "n", "sha256": "s3cret", "made": "2020-10-19T00:00:00Z"}])
    )
    with pytest.raises(BadSetting, match="dateline key add") as caught:
        KeyRing(path).all()
    assert "s3cret" not in str(caught.value)


def test_without_a_file_no_key_opens(ring: KeyRing) -> None:
    assert ring.all() == ()
    assert ring.match("dateline_00000000_" + "a" * 43) is None
