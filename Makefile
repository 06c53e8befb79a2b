# `make` alone lists the targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := .venv.ready
FULL   := .venv.full
TRIAL  := .dateline
export QUESTION ?= What did Lavrov say about monitoring the ceasefire?

.PHONY: help ask serve install test lint eval bench format soak axe shots promises clean

# Compiled Python is kept, whatever the machine's own habit: of a child that imports Chroma it is half of the time.
unexport PYTHONDONTWRITEBYTECODE

# What a developer compiles stays in this checkout; asking and serving use the cache of whoever asks.
test eval bench soak axe shots promises: export DATELINE_CACHE := $(CURDIR)/$(TRIAL)

help:            ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12
	@echo "" && echo "Afterwards $(BIN)/dateline is there: --home $(TRIAL) is the archive of seeds/, without it your own in ~/.dateline." \
		&& echo "To call it dateline: make install, or PATH=\"$(CURDIR)/$(BIN):\$$PATH\""

# What asking needs, without PyTorch; the tests and the linters need the rest.
$(READY): pyproject.toml .ci/install.py
	@$(PYTHON) .ci/install.py $(VENV) ask
	@touch $@

$(FULL): $(READY)
	@$(PYTHON) .ci/install.py $(VENV) dev
	@touch $@

ask: $(READY)    ## index seeds/ and answer QUESTION="…"
	@$(BIN)/dateline --home $(TRIAL) add seeds
	@$(BIN)/dateline --home $(TRIAL) ask "$$QUESTION" || test $$? -eq 1
	@echo "" && echo "More of this archive: $(BIN)/dateline --home $(TRIAL). Your own: $(BIN)/dateline add FOLDER, then ask (in ~/.dateline)."

serve: $(READY)  ## serve the page and the API over seeds/
	@$(BIN)/dateline --home $(TRIAL) add seeds
	@echo "Serving the archive of seeds/, in $(TRIAL). Your own: $(BIN)/dateline serve (in ~/.dateline)."
	@$(BIN)/dateline --home $(TRIAL) serve

PREFIX ?= $(HOME)/.local
install:         ## dateline for you: in PREFIX=~/.local, without this checkout and PyTorch; WITH=openai,… for extras
	@$(PYTHON) .ci/install.py "$(PREFIX)/share/dateline" ask --copy --with "$(WITH)" --bin "$(PREFIX)/bin"

test: $(FULL)    ## the test suite, under five minutes on two cores
	$(BIN)/pytest -n 2 -m 'not soak'

lint: $(FULL)    ## format, ruff, mypy, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(READY)   ## ask the built-in cases; fails when a figure is below eval/gate.toml or the baseline
	$(BIN)/dateline --home $(TRIAL) eval --gate
	$(BIN)/python -m eval.studies.drafting --home $(TRIAL)

bench: $(FULL)   ## speed and memory beside LlamaIndex and sentence-transformers; BENCH="FOLDER --repeats 5" for more
	$(BIN)/python -m eval.speed.bench $(BENCH)

format: $(FULL)  ## format the code and sort its imports
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

soak: $(FULL)    ## kill loops and damage, minutes long
	$(BIN)/pytest -m soak -s

promises: $(FULL)  ## try to break it: one figure a promise, an hour long; PROMISES="--only R5" for one
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[soak]'
	$(BIN)/python -m eval.promises $(PROMISES)

axe: $(FULL)     ## accessibility of the page: axe-core (from npm, never served) over its states, WCAG 2.2 AA
	@mkdir -p .axe && test -f .axe/package/axe.min.js || (cd .axe && npm pack --silent axe-core@4.10.2 && tar xzf axe-core-4.10.2.tgz)
	$(BIN)/pytest -m soak tests/test_page_axe.py

shots: $(FULL)   ## pictures of the page's states at three widths, light and dark, in .shots
	PYTHONPATH=. $(BIN)/python tests/page_shots.py .shots

clean:           ## remove the virtual environment and the trial archive
	rm -rf $(VENV) $(READY) $(FULL) $(TRIAL) .axe .shots
