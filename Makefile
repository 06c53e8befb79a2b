# `make` alone lists the targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := .venv.ready
TRIAL  := .dateline
# What `make` compiles stays in this checkout, once for the trial, the eval and the tests.
export DATELINE_CACHE := $(CURDIR)/$(TRIAL)
QUESTION ?= What did Lavrov say about monitoring the ceasefire?

.PHONY: help ask serve test lint eval bench format soak axe shots promises clean

help:            ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

ask: $(READY)    ## index seeds/ and answer QUESTION="…"
	@$(BIN)/dateline --home $(TRIAL) add --quiet seeds
	@$(BIN)/dateline --home $(TRIAL) ask "$(QUESTION)"
	@echo "" && echo "More of this archive: $(BIN)/dateline --home $(TRIAL). Your own: $(BIN)/dateline add FOLDER, then ask (in ~/.dateline)."

serve: $(READY)  ## serve the page and the API over seeds/
	@$(BIN)/dateline --home $(TRIAL) add --quiet seeds
	@$(BIN)/dateline --home $(TRIAL) serve

test: $(READY)   ## the test suite, under five minutes on two cores
	$(BIN)/pytest -n 2 -m 'not soak'

lint: $(READY)   ## format, ruff, mypy, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(READY)   ## ask the built-in cases; fails when a figure is below eval/gate.toml or the baseline
	$(BIN)/dateline --home $(TRIAL) eval --gate
	$(BIN)/python -m eval.studies.drafting --home $(TRIAL)

bench: $(READY)  ## speed and memory beside LlamaIndex and sentence-transformers; BENCH="FOLDER --repeats 5" for more
	$(BIN)/python -m eval.speed.bench $(BENCH)

format: $(READY) ## format the code and sort its imports
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

soak: $(READY)   ## kill loops and damage, minutes long
	$(BIN)/pytest -m soak -s

promises: $(READY) ## try to break it: one figure a promise, an hour long; PROMISES="--only R5" for one
	$(BIN)/python -m eval.promises $(PROMISES)

axe: $(READY)    ## accessibility of the page: axe-core (from npm, never served) over its states, WCAG 2.2 AA
	@mkdir -p .axe && test -f .axe/package/axe.min.js || (cd .axe && npm pack --silent axe-core@4.10.2 && tar xzf axe-core-4.10.2.tgz)
	$(BIN)/pytest -m soak tests/test_page_axe.py

shots: $(READY)  ## pictures of the page's states at three widths, light and dark, in .shots
	PYTHONPATH=. $(BIN)/python tests/page_shots.py .shots

clean:           ## remove the virtual environment and the trial archive
	rm -rf $(VENV) $(READY) .dateline .axe .shots
