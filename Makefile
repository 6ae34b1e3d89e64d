# `make demo` and `make test` are all a fresh clone needs: each sets up its own .venv and does its job.
# Everything else is for those who change the program.

PYTHON ?= python3
OKRMATE_CORPUS ?=
# Four workers even where there are two cores: a third of the time is spent in waiting, for processes and for the disk.
# Each begins with tests that are neighbours, and so share what is dear to build (a group of tests, xdist 3.8 tears apart).
PYTEST_FLAGS ?= --numprocesses 4 --dist worksteal

VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/dev.lock
# Stamps: a second call of a target finds its environment as it left it.
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled modules are kept, whatever the shell says: else each worker and each program under test compiles them all again.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test long servers check check-rest format format-check lint types contracts map bench shots corpus coach fuzz stress stress-servers test-latest lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(RUNTIME) ## play the story of a mentorship over local mailboxes
	@$(BIN)/okrmate demo

test: $(DEVELOPMENT) ## run all tests that need nothing but Python
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

long: $(DEVELOPMENT) ## run the tests that take long: any keys, damaged and hostile mails, store and story broken off at each step
	$(BIN)/python -m pytest $(PYTEST_FLAGS) -m long

servers: $(DEVELOPMENT) ## run the tests on real mail servers: a private Dovecot and Postfix
	$(BIN)/python -m pytest tests/servers

check: test long servers check-rest ## run all tests, those on real mail servers too, and check format, lint, types and imports

check-rest: format-check lint types contracts

format-check: $(DEVELOPMENT) ## check format
	$(BIN)/ruff format --check .

format: $(DEVELOPMENT) ## format the code and apply what lint can repair
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(DEVELOPMENT) ## check style
	$(BIN)/ruff check .

types: $(DEVELOPMENT) ## check types
	$(BIN)/mypy

contracts: $(DEVELOPMENT) ## check who imports whom
	$(BIN)/lint-imports --no-cache

map: $(DEVELOPMENT) ## write the house map of the README anew
	$(BIN)/python -m tests.architecture.house_map

bench: $(DEVELOPMENT) ## measure, beside anchors of the same run
	$(BIN)/python -m benchmarks

shots: $(DEVELOPMENT) ## draw the screens as pictures, for looking at: build/shots
	$(BIN)/python -m tests.tui.shots build/shots
	@echo "The pictures are in build/shots; three of them, made small, are those of the README in pictures."

coach: $(DEVELOPMENT) ## print how well the coach agrees with people, a finding a line
	$(BIN)/python -m tests.coach

corpus: $(DEVELOPMENT) ## print how well a corpus is read: make corpus OKRMATE_CORPUS=DIR
	@test -d "$(OKRMATE_CORPUS)" || { echo "Say where the corpus is: make corpus OKRMATE_CORPUS=DIR" >&2; exit 2; }
	$(BIN)/python -m tests.corpus "$(OKRMATE_CORPUS)"

fuzz: $(DEVELOPMENT) ## read 200,000 damaged mails on all cores; with OKRMATE_CORPUS=DIR those of a corpus too
	$(BIN)/python -m tests.fuzz $(OKRMATE_CORPUS)

stress: $(DEVELOPMENT) ## attack the store for long, into tests/stress/latest.txt, and try many more examples of all else
	$(BIN)/python -m tests.stress
	OKRMATE_KILLED_HOMES=20 OKRMATE_HYPOTHESIS=stress $(BIN)/python -m pytest $(PYTEST_FLAGS) -m "" tests/domain tests/mail \
	  tests/reply tests/adapters tests/services tests/journeys
	OKRMATE_ANY_KEYS=50000 $(BIN)/python -m pytest $(PYTEST_FLAGS) -m long tests/tui/test_any_keys.py

stress-servers: $(DEVELOPMENT) ## tell many journeys on real mail servers, each under other faults
	OKRMATE_FAULTY_ROUNDS=40 $(BIN)/python -m pytest tests/servers/test_journey_under_faults.py

test-latest: ## run all tests with today's newest libraries in place of the locked ones
	@$(MAKE) --no-print-directory $(VENV)-latest/bin/python
	$(VENV)-latest/bin/pip install -qq --upgrade --upgrade-strategy eager --requirement requirements/dev.in --editable .
	$(VENV)-latest/bin/python -m pytest $(PYTEST_FLAGS)

lock: ## pin today's newest libraries and tools in requirements/dev.lock
	rm -rf $(VENV)-lock
	@$(MAKE) --no-print-directory $(VENV)-lock/bin/python
	$(VENV)-lock/bin/pip install -qq --requirement requirements/dev.in --editable .
	{ echo "# Written by 'make lock' from requirements/dev.in and pyproject.toml; do not edit."; \
	  $(VENV)-lock/bin/pip freeze --exclude okrmate --exclude-editable; } > $(LOCK)
	rm -rf $(VENV)-lock

clean: ## remove everything that was made here
	rm -rf $(VENV) $(VENV)-latest $(VENV)-lock build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find okrmate tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Any of the environments; one sentence where Python cannot make it.
%/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "okrmate needs Python 3.11 or newer: install it, or name one with make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is missing: install it (on Debian: apt-get install python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m venv $*

# The locked versions, but none of the development tools.
$(RUNTIME): pyproject.toml $(LOCK) | $(BIN)/python
	@echo "Setting up $(VENV), once; this takes a minute."
	@$(BIN)/pip install -qq --constraint $(LOCK) --editable .
	@touch $@

$(DEVELOPMENT): pyproject.toml $(LOCK) | $(BIN)/python
	@echo "Setting up $(VENV) with the tools of development, once; this takes a minute."
	@$(BIN)/pip install -qq --requirement $(LOCK)
	@$(BIN)/pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@ $(RUNTIME)
