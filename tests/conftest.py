from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from bot.cli import run
from eval.promises.measuring import FIGURE
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder
from index.storage.engine import ArchiveHome
from index.storage.postgres.address import DatabaseAddress

if TYPE_CHECKING:
    from postgres_server import PostgresServer

# Beside the trial archives that git ignores, so that it is compiled once a checkout and not once a run, and
# never in the cache of the person who runs the tests; two workers of pytest-xdist that compile it at the same
# moment both end with a whole one. Every process that a test starts inherits it.
CACHE = Path(__file__).parents[1] / ".dateline"
ENCODER_CACHE = CACHE / "encoders"
os.environ["DATELINE_CACHE"] = str(CACHE)

# How long an example takes says how busy the machine is: 512 ms instead of 2 beside others.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--scale", type=float, default=1.0, help="how much of a soak to run, such as 0.05")


@pytest.fixture(scope="session")
def many(pytestconfig: pytest.Config) -> Callable[[int], int]:
    """So many of something, or with `--scale` the part of them that is run; one at least."""
    scale: float = pytestconfig.getoption("--scale")
    return lambda number: max(1, round(number * scale))


@pytest.fixture
def figure(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Tells a figure: printed whatever is captured, and kept in the report for `python -m eval.promises`."""

    def tell(text: str) -> None:
        request.node.user_properties.append((FIGURE, text))
        with capsys.disabled():
            print(f"\n{text}")  # noqa: T201

    return tell


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default encoder, compiled."""
    return load_encoder(cache=ENCODER_CACHE)


@pytest.fixture
def empty_home(tmp_path: Path, encoder: Encoder) -> Path:
    """A home without an archive; the encoder that it needs is compiled."""
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture(scope="session")
def seeds_home(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A home whose archive holds seeds/."""
    home = tmp_path_factory.mktemp("seeds")
    assert run(["--home", str(home), "add", "--quiet", str(Path(__file__).parents[1] / "seeds")]) == 0
    return home


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server; what needs it is skipped where none can be started."""
    try:
        from postgres_server import PostgresServer, ServerMissing
    except ImportError as exc:
        pytest.skip(f"psycopg is not installed: {exc}")
    try:
        server = PostgresServer()
    except ServerMissing as exc:
        pytest.skip(str(exc))
    yield server
    server.close()


@pytest.fixture
def database(postgres: PostgresServer) -> DatabaseAddress:
    """An empty database with pgvector."""
    return postgres.address(postgres.database())


@pytest.fixture(params=["sqlite", "postgresql"])
def somewhere(request: pytest.FixtureRequest, tmp_path: Path) -> ArchiveHome:
    """Where an archive may be made, on either engine."""
    return home_on(request, tmp_path)


def home_on(request: pytest.FixtureRequest, tmp_path: Path) -> ArchiveHome:
    """Where an archive may be made on the engine that a fixture's parameter names."""
    if request.param == "sqlite":
        return tmp_path / "home"
    made: DatabaseAddress = request.getfixturevalue("database")
    return made
