"""`/page/`: the files of the page people ask from, read once; nothing is built, nothing from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import PurePath

from fastapi import APIRouter, Request, Response

from bot.showing.wording import words_of

# connect-src: the page asks its own server. Nothing else may load, run, frame it or be sent a form.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOLDER = "/page/"
_SECTIONS = (
    "certainty",
    "reasons",
    "refusals",
    "differing",
    "later",
    "timeline",
    "tellings",
    "news",
    "follow_statuses",
    "following",
    "verdicts",
    "voicings",
    "wording",
)  # of the table of words


@dataclass(frozen=True)
class PageFile:
    """A file of the page, as it is served."""

    content: bytes
    packed: bytes
    media_type: str
    tag: str

    @classmethod
    def of(cls, content: bytes, media_type: str) -> PageFile:
        """A file, tagged by what is in it."""
        packed = gzip.compress(content, mtime=0)
        return cls(content, packed, media_type, f'"{hashlib.sha256(content).hexdigest()[:32]}"')

    async def serve(self, request: Request) -> Response:
        """The file, or 304 where the browser has it."""
        headers = {
            "ETag": self.tag,
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding",
            "Content-Security-Policy": POLICY,
        }
        if request.headers.get("if-none-match") == self.tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(self.packed, media_type=self.media_type, headers=headers)
        return Response(self.content, media_type=self.media_type, headers=headers)


def page_words() -> dict[str, Mapping[str, object]]:
    """The words that the page shares with every other face."""
    return {section: words_of().section(section) for section in _SECTIONS}


def page_router() -> APIRouter:
    """The page's files, and the table of words as one of them; `index.html` is for `front` to fill."""
    router = APIRouter()
    table = f"export const WORDS = {json.dumps(page_words(), ensure_ascii=False)};\n"
    _add(router, FOLDER + "table.js", table.encode(), _TYPES[".js"])
    for entry in (resources.files("bot.http") / "page").iterdir():
        media_type = _TYPES.get(PurePath(entry.name).suffix)
        if media_type is None:  # an editor's backup, a cache
            continue
        _add(router, FOLDER + entry.name, entry.read_bytes(), media_type)
    return router


def _add(router: APIRouter, path: str, content: bytes, media_type: str) -> None:
    file = PageFile.of(content, media_type)
    router.add_api_route(path, file.serve, methods=["GET", "HEAD"], include_in_schema=False)
