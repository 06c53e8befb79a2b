"""A page of a server with faked neighbours, open in Debian's Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from http_fakes import FakeAsker, serving

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.follows import HttpFollows
from bot.http.settings import HttpSettings

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")
PATIENCE_MS = 20_000  # for a busy machine


@contextmanager
def a_page(
    asker: FakeAsker, home: Path, settings: HttpSettings | None = None, follows: HttpFollows | None = None
) -> Iterator[Page]:
    """A blank page whose addresses are the server's."""
    sync_api = pytest.importorskip("playwright.sync_api")
    keys = KeyRing(home / "keys.json")
    app = create_app(asker, asker.library, keys=keys, settings=settings, home=home, follows=follows)
    with serving(app) as address, sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(base_url=address)
        page.set_default_timeout(PATIENCE_MS)
        yield page
        browser.close()
