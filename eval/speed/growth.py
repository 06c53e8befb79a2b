"""An archive over PostgreSQL grown to a million passages and more: its size, its speed, and what it finds.

    python -m eval.speed.growth HOME FOLDER postgresql://…/postgres [--passages 200000,1000000,2000000]
                                [--shards postgresql://…/postgres,postgresql://…/postgres]

The articles of the archive in HOME are repeated with edited texts and made-up vectors (`growth_corpus`), and
stored in bulk (`growth_fill`) in a database of its own for each size, which begins as a copy of the one
before. The user must be the servers' owner. Over each size:

* `exact`: a sixth of FOLDER's questions, each asked once of `Retriever.retrieve(…, limit=12)` in a process
  that has asked a few before: encoding, both searches, reading the passages, weighing. No answer is made of
  them; and of another sixth the search by their vectors alone;
* `build`: the program has the server build the nearest-neighbour index;
* `indexed`: the same with other questions; and how many of the 30 nearest passages, found by computing all,
  are found: by the program, with filters, and by how many the index keeps in view;
* `adding`: the same further articles go into this archive and into an SQLite archive that was empty, in
  turns, by `ingest` with vectors made up, so that encoding, which is the same, does not hide the rest;
* `split`: the same vectors and words over two shards behind a coordinator (`growth_shards`).

What was measured is kept in a file and not measured again; a fill that was broken off goes on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.assemble import load_encoder_for
from bot.settings import load_settings
from eval.cases import load_set
from eval.speed.grown_archive import GrownArchive
from eval.speed.growth_corpus import Corpus, corpus_of
from eval.speed.growth_figures import Kept, table
from eval.speed.growth_fill import fill
from index.encoding.encoder import Encoder
from index.errors import DatelineError
from index.storage.archive import Archive
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect
from index.storage.postgres.turns import SCHEMA

KEPT = Path(".dateline/growth.json")


@click.command()
@click.argument("home", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("server")
@click.option("--passages", default="200000,1000000,2000000", show_default=True)
@click.option("--shards", default="", help="The addresses of two servers to split over, with a comma.")
@click.option(
    "--only", default="exact,build,indexed,adding,split", show_default=True, help="What to measure."
)
@click.option("--kept", type=click.Path(path_type=Path), default=KEPT, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(
    home: Path, folder: Path, server: str, passages: str, shards: str, only: str, kept: Path, as_json: bool
) -> None:
    """Grow an archive over PostgreSQL, and print its figures."""
    try:
        corpus, figures = corpus_of(home), Kept(kept)
        encoder = load_encoder_for(load_settings({}))
        questions = [case.question for case in load_set(folder).cases]
        before: str | None = None
        for wanted in map(int, passages.split(",")):
            editions = max(1, round(wanted / len(corpus.passages)))
            name = f"growth_{editions}"
            growth = GrownArchive(_named(server, name), encoder, questions, figures, name)
            _make(server, name, before)
            _fill(growth, corpus, encoder, editions)
            for what in only.split(","):
                growth.measure(what, corpus, [_named(one, name) for one in shards.split(",") if one])
            before = name
    except DatelineError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(json.dumps(figures.steps, indent=1) if as_json else table(figures.steps))


def _named(server: str, name: str) -> DatabaseAddress:
    """The address of a database of a server."""
    return DatabaseAddress(urlsplit(server)._replace(path=f"/{name}").geturl())


def _make(server: str, name: str, before: str | None) -> None:
    """A database, as a copy of another where one is given; a kill leaves it whole or under another name."""
    with connect(DatabaseAddress(server)) as raw:
        if raw.execute(b"SELECT 1 FROM pg_database WHERE datname = $1", (name,)).fetchone():
            return
        raw.execute(f"DROP DATABASE IF EXISTS {name}_new".encode())
        raw.execute(
            f"CREATE DATABASE {name}_new TEMPLATE {before or 'template0'} STRATEGY FILE_COPY".encode()
        )
        raw.execute(f"ALTER DATABASE {name}_new RENAME TO {name}".encode())
    if before:
        with connect(_named(server, name)) as raw:  # the fill is many times as quick without it
            raw.execute(f"DROP INDEX IF EXISTS {SCHEMA}.vectors_nearest".encode())


def _fill(growth: GrownArchive, corpus: Corpus, encoder: Encoder, editions: int) -> None:
    """What is missing, with a bar."""
    Archive.open(growth.address, encoder, write=True).close()
    total = editions * len(corpus.passages)
    with (
        connect(growth.address) as raw,
        click.progressbar(length=total, label=f"{total:,} passages", file=sys.stderr) as bar,
    ):
        fill(raw, corpus, upto=editions, tell=lambda done: bar.update(done - bar.pos))


if __name__ == "__main__":
    main()
