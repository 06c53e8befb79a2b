"""The archive: what is stored, how it survives, and how it is searched."""
