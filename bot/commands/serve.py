"""`dateline serve`: the HTTP API, the page, and the Telegram bot when a token is set."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from bot.commands import watch
from bot.commands.options import current_settings, say
from bot.commands.telegram import beside_server

if TYPE_CHECKING:
    from bot.http.settings import HttpSettings


@click.command(short_help="Serve the HTTP API and the page.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Serve the HTTP API and the page until Ctrl-C or SIGTERM, which finish what was accepted.

    With `watch` set (see `dateline settings`), the feeds that were added are read meanwhile.
    With telegram.token set (see `dateline telegram --help`), the Telegram bot runs in the same process.

    The page is at /, the description of the API at /openapi.json. `dateline add` may run meanwhile; what it
    adds is found without a restart. Every request is a line on standard error, as JSON with
    http.log_format=json; questions are in it only with http.log_questions.

    \b
    Examples
      dateline serve
      dateline serve --host 0.0.0.0 --port 80
    """
    from bot.assemble import answering, load_encoder_for, open_archive, reader_for
    from bot.http.access.key_table import keys_of
    from bot.http.app import create_app
    from bot.http.doors import bound_doors
    from bot.http.examples import ExampleQuestions
    from bot.http.follows import HttpFollows
    from bot.http.library import ArchiveLibrary
    from bot.http.log_lines import set_up_logging
    from bot.http.processes.pool import workers_of
    from bot.http.request_log import Life
    from bot.http.server import Companion, run
    from bot.telling import CompanionTeller
    from index.errors import ArchiveLocked

    settings, life = current_settings(context), Life()
    http = as_reached(settings.http, host, note=say)
    doors = bound_doors(host, port)  # a port in use is said now, not when everything is loaded
    set_up_logging(settings.http.log_format)
    encoder = load_encoder_for(settings, note=say)
    with suppress(ArchiveLocked), open_archive(settings, encoder, write="dateline serve"):
        pass  # makes it where there is none, as articles may come over HTTP; who writes to it now has made it
    with open_archive(settings, encoder) as archive, closing(keys_of(settings.archive_home)) as keys:
        keys.all()  # a spoiled file is said now, not at the first question
        archive.warm()
        dateline = answering(
            archive, encoder, hits=settings.hits, llm=settings.llm, reader=reader_for(settings)
        )
        workers = workers_of(settings, dateline)
        library = ArchiveLibrary(
            archive,
            encoder,
            writing=lambda: open_archive(settings, encoder, write="dateline serve"),
        )
        follows = HttpFollows(settings, archive)
        examples = ExampleQuestions(workers, library, patience=http.answer_timeout)
        app = create_app(
            workers,
            library,
            keys=keys,
            settings=http,
            life=life,
            home=settings.home,
            follows=follows,
            examples=examples,
        )
        beside: list[Companion] = [
            workers,
            *beside_server(workers, library, settings),
            *watch.beside_server(settings, archive, encoder),
            follows,
            *([] if http.examples else [examples]),
            CompanionTeller(settings, workers, archive, command="dateline serve", note=say),
        ]
        say(f"the archive of {settings.archive_home}")
        run(app, doors, settings=http, life=life, beside=beside, note=say)


def as_reached(settings: HttpSettings, host: str, *, note: Callable[[str], None]) -> HttpSettings:
    """The server's settings, made definite by who can reach `host`; `note` is told that strangers can ask.

    A server that a proxy stands before is reached by whoever reaches the proxy.
    """
    from bot.http.access.limits import is_loopback

    local = host == "localhost" or is_loopback(host)
    if not (local or settings.require_key):
        note(
            f"whoever reaches {host} may ask without a key: set DATELINE_HTTP__REQUIRE_KEY=true and make keys"
            " with `dateline key add NAME`, or listen at 127.0.0.1"
        )
    alone = local and not settings.behind_proxy
    feedback = alone if settings.feedback == "local" else settings.feedback
    return replace(settings, feedback=feedback)
