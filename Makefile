PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check lint types floors docs regold bench venv dev

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

dev: $(VENV)/installed-dev

test: dev   ## makes a venv, installs [dev], runs every test
	$(BIN)/pytest

lint: dev
	$(BIN)/ruff format --check . && $(BIN)/ruff check .
types: dev
	$(BIN)/mypy
floors: dev
	$(BIN)/lint-imports
check: lint types floors dev   ## everything but the slow tests, in the order that fails fastest
	$(BIN)/pytest -m "not slow and not fault"
