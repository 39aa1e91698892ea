# make demo: install and see variants of the sample items. make test: install and pass every check.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check bench clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: setup.cfg | $(BIN)/python
	$(PIP) install -e .
	touch $@

$(VENV)/.test: setup.cfg tools/get_wordnet.py | $(BIN)/python
	$(PIP) install -e ".[test,en]"
	$(BIN)/python tools/get_wordnet.py $(VENV)/nltk_data
	touch $@ $(VENV)/.demo

demo: $(VENV)/.demo
	$(BIN)/perturb preview -r hurried data/samples/support.jsonl --limit 4
	$(BIN)/perturb run data/samples/math.jsonl -r hurried -r careless_searcher -n 2 -o demo.jsonl --force
	$(BIN)/perturb explain demo.jsonl --limit 3

test: $(VENV)/.test
	$(BIN)/ruff format --check perturb tests bench tools
	$(BIN)/ruff check perturb tests bench tools
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2

bench: $(VENV)/.test
	$(BIN)/python bench/hot.py

clean:
	rm -rf $(VENV) build demo.jsonl demo.jsonl.manifest.json
