"""Texts into vectors: the encoder that was chosen, compiled for this processor."""
