"""One metric a file: its name, formula, symbols and source. Each turns one case into a number, or None.

None means that the metric does not apply to the case; means are taken over the cases it applies to.
"""
