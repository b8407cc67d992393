# `make demo` and `make test` need Python 3.11+, make and pip; everything else is set up here.
PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/uv
RUN := $(UV) run --frozen --no-sync

.PHONY: demo test check bench setup clean

demo: setup ## the whole bot with a local chat page on http://127.0.0.1:8088
	$(RUN) banjie demo

test: setup
	$(RUN) pytest

check: setup
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) lint-imports

bench: setup ## measures against a bare echo bot and writes docs/performance.md
	$(RUN) python -m tests.bench

setup: $(VENV)/.synced

$(UV):
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.synced: $(UV) pyproject.toml uv.lock
	UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --frozen --quiet --inexact
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .demo
