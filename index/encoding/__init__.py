"""Texts into vectors: the encoder that was chosen, compiled for this processor.

`encoders` chooses an `encoder`; `compiling` with `quantise` makes what `compiled` runs, by `session`, and
holds it against `check_texts`; `manifest` says what was made; `reference` is sentence-transformers itself;
`weights` finds a model's files and checks them; `quiet` silences libraries.
"""
