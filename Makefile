# The two commands of this project are `make demo` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
QUESTION ?= How much is a passport for a child?
DATA ?= ../shared/data
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help demo test check format setup setup-dev index ask serve eval bench bench-ingest bench-answers bench-guardrails clean

help: ## Show what can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: index ask serve ## Install, index the sample guidance, answer a question, then serve /demo.

test: check ## Install what tests need, then run every check and every test.
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

check: setup-dev ## Format, lint, types and import contracts.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: setup-dev ## Put the code in the house's format.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

setup: $(VENV)/.installed ## Install what the service needs.

setup-dev: $(VENV)/.installed-dev ## Install what tests need.

# Torch first and pinned: without it the package index would send several GB of CUDA libraries.
$(VENV)/.installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade "pip>=25"
	$(PIP) install torch==2.13.0
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --constraint constraints.txt --editable ".[dev]"
	@touch $@

index: data/index/published

# Rebuilt only when the guidance, the settings of the index or the code that reads it changed.
data/index/published: $(VENV)/.installed $(shell find ingestion -name '*.md' -o -name '*.json' -o -name '*.py' | grep -v __pycache__)
	$(BIN)/enquiry-ingest build --publish
	@touch $@

ask: index
	@echo "Asking: $(QUESTION)"
	@$(BIN)/enquiry-bot ask "$(QUESTION)"

serve: index ## Serve the API, the widget and /demo on http://127.0.0.1:8000.
	$(BIN)/enquiry-bot serve

eval: index ## Score the sample guidance's question set.
	$(BIN)/enquiry-eval run sample-guidance

bench: setup-dev ## Measure retrieval, latency, indexing and start-up: make bench DATA=path/to/data
	$(BIN)/python -m eval.benchmarks $(DATA)

bench-ingest: setup-dev ## Measure building, rebuilding, survival and large corpora: DATA=path/to/data
	$(BIN)/python -m eval.benchmarks $(DATA) --group ingest

bench-answers: setup-dev ## Measure finding, quoting, knowing when not to, speed against a plain chain: DATA=path/to/data
	$(BIN)/python -m eval.benchmarks $(DATA) --group answers

bench-guardrails: setup-dev ## Measure what the guardrails find, leave alone and cost: DATA=path/to/data
	$(BIN)/python -m eval.benchmarks $(DATA) --group guardrails

clean: ## Remove what can be made again: index, database, runs.
	rm -rf data runs build
