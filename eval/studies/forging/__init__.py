"""Forged and true quotations and wordings, made out of articles by code, against the proof of a draft."""
