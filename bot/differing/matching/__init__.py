"""Whether a value of one report and a value of another are of one thing, by a trained network.

`values` finds the values of two reports that may be, `rows` makes tokens of each pair, `matcher` reads them
with `matcher.onnx` and tells which differ.
"""
