"""Articles in, hits out: reading, canonical text, passages, encoders, the archive and retrieval.

Knows no settings, no LLM, no prompts and no front end. `articles` reads files, `fetching` asks the web,
`feeds` reads what it tells anew, `canonical` makes their text what is stored, `split` parts it into passages
by `sentences`; `copies` says what is a copy; `encoding` makes vectors, `storage` keeps it all and `retrieval`
finds it. Shared by them: `records`, `errors`, `dates`, `clock` and `coming`, `letters`, `stems`,
`corrections` with what is `withdrawn`; `children` and `guard` for risky work, `whole_file` to write in one
step, `extras` for what is not installed.
"""

import os

# Work at import, for once: onnxruntime reads its variable while it is imported, and what of ours imports it
# has imported this before. From 1.32 on it would keep a device id and a queue of events in the user's cache
# and, within a minute, look up its maker's host. Children inherit both.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
