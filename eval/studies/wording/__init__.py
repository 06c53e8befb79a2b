"""The rule for a model's wording, measured on sentences that were written apart from it."""
