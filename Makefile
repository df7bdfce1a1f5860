# Two commands for a newcomer: `make demo` and `make test`. Both make the environment first.
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install demo test lint bench lock clean

help: ## list what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/installed ## make .venv with the bot in it

demo: .venv/installed ## a guided tour of the whole bot, with no Telegram account
	@$(BIN)/wazahat demo

test: .venv/dev ## every test
	@$(BIN)/pytest

lint: .venv/dev ## ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: .venv/dev .venv-peers/installed ## speed beside plain python-telegram-bot and aiogram, in one run
	@$(BIN)/python -m tests.bench

lock: ## pin pyproject.toml anew (needs uv)
	uv pip compile pyproject.toml --group build $(LOCK) -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev -c requirements.lock $(LOCK) -o requirements-dev.lock
	uv pip compile tests/bench/peers.in $(LOCK) -o tests/bench/peers.lock
LOCK := --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header --quiet

clean: ## remove the environments and the caches
	rm -rf .venv .venv-peers .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Wazahat needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@test -d .venv || $(PYTHON) -m venv .venv
	$(call pip,requirements.lock)
	@touch $@

.venv/dev: requirements-dev.lock .venv/installed
	$(call pip,requirements-dev.lock)
	@touch $@

.venv-peers/installed: tests/bench/peers.lock
	@test -d .venv-peers || $(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# The lock is installed by hash; then the project itself, which fetches nothing.
ifdef UV
pip = @uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) && \
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
pip = @$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
