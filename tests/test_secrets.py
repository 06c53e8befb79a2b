"""What is secret is shown by no error, also where it is not what was expected."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from bot.settings import load_settings
from index.errors import ArchiveError, BadSetting
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import conninfo, said

PIECES = ("s3cr", "hunter")  # of the passwords below


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://bot:s3cr#hunter@db.example/news", "postgresql://bot@db.example/news"),
        ("postgresql://bot:s3cr?hunter@db.example/news", "postgresql://bot@db.example/news"),
        ("postgresql://bot:s3cr/hunter@db.example/news", "postgresql://bot@db.example/news"),
        ("postgresql://bot:s3cr@hunter@db.example/news", "postgresql://bot@db.example/news"),
        ("postgresql://bot:s3cr:hunter@db.example/news", "postgresql://bot@db.example/news"),
        ("postgresql://bot:s3cr[hunter@db.example/news", "postgresql://bot@db.example/news"),
        ("postgresql://bot:s3cr?password=hunter@db.example/news", "postgresql://bot"),
        ("postgresql://:s3cr@db.example/news", "postgresql://@db.example/news"),
        ("postgresql://bot@db-1:5432,db-2/news", "postgresql://bot@db-1:5432,db-2/news"),
        ("postgresql://db.example:5432/news", "postgresql://db.example:5432/news"),
        ("postgresql://bot@db/news?sslmode=require&passw%6frd=s3cr", "postgresql://bot@db/news?sslmode=require"),
        ("postgresql://bot@db/news?password=s3cr&hunter", "postgresql://bot@db/news"),
        ("postgresql://bot@db:5432/news?password=s3cr@hunter", "postgresql://bot@db"),
        ("postgres://bot@db/news?sslpassword=s3cr", "postgres://bot@db/news"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_its_password_whatever_that_has(url: str, shown: str) -> None:
    address = DatabaseAddress(url)
    assert str(address) == shown
    assert not any(piece in f"{address} {address!r}" for piece in PIECES)


@pytest.mark.parametrize(
    "given",
    [
        "host=db.example user=bot password=s3cr",
        "postgresql:/bot:s3cr@db.example",
        "POSTGRESQL://bot:s3cr@db.example",
        "bot:s3cr@db.example/news",
    ],
)
def test_what_is_no_address_is_not_shown(given: str) -> None:
    with pytest.raises(BadSetting, match=r"^•••: expected an address such as postgresql://") as refused:
        DatabaseAddress(given)
    assert "s3cr" not in str(refused.value)


@pytest.mark.parametrize("password", ["s3cr/hunter", "s3cr@hunter", "s3cr#hunter", "s3cr[hunter", "s3cr%"])
def test_libpq_shows_no_piece_of_a_password_that_it_misreads(password: str) -> None:
    address = DatabaseAddress(f"postgresql://bot:{password}@127.0.0.1:9/news?connect_timeout=2")
    try:
        psycopg.connect(conninfo(address))
    except (psycopg.Error, ArchiveError) as exc:
        told = said(exc, address)
    assert not any(piece in told for piece in PIECES), told


@pytest.mark.parametrize(
    ("toml", "name"),
    [
        ("telegram.token = 987654321", "telegram.token"),
        ('llm.api_key = ["sk-987654321"]', "llm.api_key"),
        ("telegram = 987654321", "telegram"),
        ('llm = ["sk-987654321"]', "llm"),
        ("archive = [987654321]", "archive"),
        ("archive_replicas = 987654321", "archive_replicas"),
        ('archive_replicas = [["postgresql://bot:987654321@db/news"]]', "archive_replicas"),
    ],
)
def test_a_secret_of_a_wrong_kind_is_not_shown(tmp_path: Path, toml: str, name: str) -> None:
    (tmp_path / "settings.toml").write_text(toml)
    with pytest.raises(BadSetting, match=rf"^setting '{name}[\w.]*' is •••: input should be") as refused:
        load_settings({"home": tmp_path})
    assert "987654321" not in str(refused.value)


def test_what_is_no_secret_is_shown(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('hits = "many"\nllm.timeout = "long"\nhttp = 7')
    with pytest.raises(BadSetting) as refused:
        load_settings({"home": tmp_path})
    for told in ("'hits' is 'many'", "'llm.timeout' is 'long'", "'http' is 7"):
        assert told in str(refused.value)
