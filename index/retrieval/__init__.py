"""A question into hits.

`retrieve` is the list of steps, with `query`, `spelling`, `clues` and `spread`; `retriever_llamaindex` is the
same for LlamaIndex.
"""
