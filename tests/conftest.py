from __future__ import annotations

from pathlib import Path

import pytest

from index.encoder import Encoder
from index.encoders import load_encoder

# Beside the trial archives that git ignores, so that it is compiled once a checkout and not once a run; two
# workers of pytest-xdist that compile it at the same moment both end with a whole one.
ENCODER_CACHE = Path(__file__).parents[1] / ".dateline" / "encoders"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default encoder, compiled."""
    return load_encoder(cache=ENCODER_CACHE)
