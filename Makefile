# `make demo` and `make test` need Python 3.11+, make and pip; everything else is set up here, inside .venv.
PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/uv
RUN := $(UV) run --frozen --no-sync
PORT ?= 8088
SBOM ?= sbom.cdx.json

export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON_DOWNLOADS := never
# Start-up is mostly imports: without compiled files the bot would start three times slower.
export UV_COMPILE_BYTECODE := 1
# The tests start the bot some hundred times: its own files are compiled once as well.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test soak check audit sbom bench setup clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: setup ## the whole bot with a local chat page on http://127.0.0.1:8088 (PORT=… for another)
	@$(RUN) banjie demo --port $(PORT)

test: setup ## all tests, on SQLite and PostgreSQL
	@$(RUN) pytest -n logical --dist worksteal

soak: setup ## long chance: the bot killed 400 times, thousands of updates and files of every kind
	@BANJIE_SOAK=1 $(RUN) pytest tests/reliability/test_killed.py tests/reliability/test_fuzz.py \
		tests/bot/test_fuzzed_files.py --log-cli-level=WARNING

check: setup ## format, lint, types, floors, known vulnerabilities of what is locked
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) lint-imports
	UV=$(UV) .ci/audit

audit: setup ## known vulnerabilities of what is locked; says "skipped" where nobody answers
	@UV=$(UV) .ci/audit

sbom: setup ## the bill of materials of what runs (CycloneDX), into sbom.cdx.json (SBOM=… for another)
	@$(UV) export --quiet --frozen --no-dev --extra demo --preview-features sbom-export --format cyclonedx1.5 --output-file $(SBOM) >/dev/null

bench: setup ## measures against a bare echo bot and writes docs/performance.md; what a phone is sent, into docs/phone.md
	@$(RUN) python -m tests.bench

setup: $(VENV)/.synced ## .venv with everything in uv.lock

# pip runs from outside, so that a Python without ensurepip (Debian's, without python3-venv) will do.
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Banjie needs Python 3.11 or newer; say which: make PYTHON=python3.12 …")'
	@echo "第一次运行：在 $(CURDIR)/$(VENV) 里准备 Python 环境，要下载约 100 个软件包，一般一两分钟，以后不再重复。"
	@echo "  安装工具 uv…"
	@$(PYTHON) -m venv --without-pip $(VENV)
	@$(PYTHON) -m pip --python $(VENV)/bin/python --disable-pip-version-check install --quiet uv

$(VENV)/.synced: $(UV) pyproject.toml uv.lock
	@echo "  按 uv.lock 下载并安装软件包…"
	@$(UV) sync --frozen --inexact --extra demo
	@echo "环境已备好：$(CURDIR)/$(VENV)"
	@touch $@

clean: ## removes the environment and every cache
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .demo
