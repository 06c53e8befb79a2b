"""A question into hits.

`retrieve` is the list of steps, with `query`, `spelling`, `clues` and `spread`; `outlet_names` are outlets
by near spelling. `retriever_llamaindex` is the same for LlamaIndex.
"""
