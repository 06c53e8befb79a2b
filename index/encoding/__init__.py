"""Texts into vectors: the encoder that was chosen, compiled for this processor.

`encoders` chooses an `encoder`; `compiling` with `quantise` makes what `compiled` runs, by `session`, from an
`original`, and holds it against `check_texts`; `manifest` says what was made. The encoder that ships is
written as ONNX by `bert`, without torch; any other is traced by `reference`, which is sentence-transformers
itself. `prompts` are what a model wants before a question and before a passage. `weights` finds a model's
files and checks them; `quiet` silences libraries.
"""
