"""Dateline beside what people would use instead, on the same set in one run: `python -m eval.peers [SET]`."""
