"""A question into hits.

`retrieve` is the list of steps, with `query`, `spelling`, `clues` and `spread`; `nearness` leaves out what is
not near, `outlet_names` are outlets by near spelling. `retriever_llamaindex` is the same for LlamaIndex;
`agreement` compares two archives.
"""
