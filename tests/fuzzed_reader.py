"""One reader fed by atheris for some seconds: `python tests/fuzzed_reader.py NAME SECONDS FOLDER`.

A finding is whatever is raised but `BadInput`, an article that cannot be stored, or more than 10 s of
processor time for one input; atheris leaves the input in FOLDER.
Its last line is "Done 12345 runs in 600 second(s)".
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["index"]):
    from fuzz_readers import READERS, BadInput

LONGEST = 10.0


def main() -> None:
    name, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    read, seeds = READERS[name]
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed if isinstance(seed, bytes) else seed.encode())

    def one(data: bytes) -> None:
        begun = time.process_time()
        with suppress(BadInput):
            read(data)
        assert (took := time.process_time() - begun) < LONGEST, f"took {took:.1f} s"

    # libFuzzer counts wall time, which on a busy machine is no fault of the reader.
    options = [f"-max_total_time={seconds}", "-timeout=120", "-rss_limit_mb=1024", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
