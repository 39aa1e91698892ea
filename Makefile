# make demo: install and see variants of a message and of the sample items. make test: install and pass every check.
PYTHON ?= python3
VENV ?= .venv
HOSTS ?= .venv-integrations
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test test-integrations docs bench clean

$(BIN)/python:
	@echo "making $(VENV) and installing what perturb needs (once)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: setup.cfg | $(BIN)/python
	@$(PIP) install -e .
	@touch $@

$(VENV)/.test: setup.cfg tools/get_wordnet.py | $(BIN)/python
	@$(PIP) install -e ".[test,en]"
	@$(BIN)/python tools/get_wordnet.py $(VENV)/nltk_data
	@touch $@ $(VENV)/.demo

# With a seed, so that the README can show what it prints; leave --seed out, and every run differs.
demo: $(VENV)/.demo
	$(BIN)/perturb preview $(MESSAGE) --seed 4 $(PEOPLE)
	$(BIN)/perturb run data/samples/math.jsonl -r hurried -r interrupted --seed 4 -o demo.jsonl --force
	$(BIN)/perturb explain demo.jsonl --limit 1
	$(BIN)/perturb replay demo.jsonl.manifest.json --check

MESSAGE = "I ordered a lamp on Monday and it has not arrived. Can you still send it to my office in Leeds?"
PEOPLE = -r hurried -r chat_customer -r learner -r upset_customer -r interrupted

test: $(VENV)/.test
	$(BIN)/ruff format --check perturb tests bench tools
	$(BIN)/ruff check perturb tests bench tools
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2

# Inside the real tools: an environment of its own with lm-eval, Inspect, datasets, the frames, Ray, Dask and Spark (3 GB), promptfoo
# (0.5 GB), and what the tests touch of HELM and DeepEval (0.1 GB).
$(HOSTS)/.installed: setup.cfg tools/get_promptfoo.py tools/get_hosts.py
	@echo "making $(HOSTS) and installing the tools that perturb works in (once)"
	@$(PYTHON) -m venv $(HOSTS)
	@$(HOSTS)/bin/python -m pip --disable-pip-version-check --quiet install -e ".[test,hf,frames,inspect,lm-eval,ray]" dask pyspark
	@$(HOSTS)/bin/python tools/get_hosts.py $(HOSTS)/hosts
	@$(HOSTS)/bin/python tools/get_promptfoo.py $(HOSTS)/promptfoo
	@touch $@

test-integrations: $(HOSTS)/.installed
	$(HOSTS)/bin/mypy
	PERTURB_PROMPTFOO=$(HOSTS)/promptfoo PERTURB_HOSTS=$(HOSTS)/hosts \
		$(HOSTS)/bin/python -m pytest -n 2 -rs tests/integrations tests/test_pair.py

docs: $(VENV)/.test
	$(BIN)/python tools/make_docs.py

bench: $(VENV)/.test
	$(BIN)/python bench/hot.py

clean:
	rm -rf $(VENV) $(HOSTS) build demo.jsonl demo.jsonl.manifest.json
