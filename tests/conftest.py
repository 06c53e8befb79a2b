from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import run
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder

# Beside the trial archives that git ignores, so that it is compiled once a checkout and not once a run; two
# workers of pytest-xdist that compile it at the same moment both end with a whole one.
ENCODER_CACHE = Path(__file__).parents[1] / ".dateline" / "encoders"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default encoder, compiled."""
    return load_encoder(cache=ENCODER_CACHE)


@pytest.fixture
def empty_home(tmp_path: Path, encoder: Encoder) -> Path:
    """A home with a compiled encoder and no archive."""
    return _home(tmp_path / "home")


@pytest.fixture(scope="session")
def seeds_home(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A home whose archive holds seeds/."""
    home = _home(tmp_path_factory.mktemp("seeds") / "home")
    assert run(["--home", str(home), "add", "--quiet", str(Path(__file__).parents[1] / "seeds")]) == 0
    return home


def _home(folder: Path) -> Path:
    folder.mkdir()
    (folder / "encoders").symlink_to(ENCODER_CACHE)
    return folder
