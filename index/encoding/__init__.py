"""Texts into vectors: the encoder that was chosen, compiled for this processor.

`encoders` chooses; `compiling` with `quantise` makes what `compiled` runs, by `session`; `manifest` says what
was made; `reference` is sentence-transformers itself; `weights` finds a model's files and checks them.
"""
