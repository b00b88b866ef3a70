# Everything starts here: make demo, make test.  What a fresh machine needs is installed into .venv, with hashes.

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# the first Python that runs and is new enough
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
KEYWORDS := -k say -k plural:1,2 --no-location --omit-header
PIP := $(BIN)/python -m pip --disable-pip-version-check
# the first time one sees how far it is; later what is there already need not be told line by line
INSTALL = $(PIP) install $(if $(wildcard $(BIN)/uvicorn),--quiet,--progress-bar on) --require-hashes
# Kept wherever it runs: tests start many processes, and each would compile all of the code anew.
export PYTHONDONTWRITEBYTECODE :=
# each process takes a run of neighbouring tests, which share what their module made once; one more than there are
# cores, since many a test waits for a browser, a server or another process
TESTS := $(BIN)/pytest -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist worksteal

.PHONY: help demo test tested compiled server browser screenshots bench evaluate prove coverage lint types serve seed notebooks translations reference lock clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 16

demo: $(VENV)/run.stamp  ## three example municipalities, one shortlist with its reasons, then the service
	@$(BIN)/frikortmatch demo --port $(PORT)

test: $(VENV)/development.stamp server browser  ## everything CI runs
	@$(MAKE) --no-print-directory -j 2 lint types tested

# Types take one core for most of a minute: the tests begin meanwhile on the other.
tested: lint compiled
	$(TESTS)

# The tests' own bytecode, once for all processes.
# What cannot be read is told by the tests themselves.
compiled: $(VENV)/development.stamp
	@$(BIN)/pytest -n 0 --collect-only -q >/dev/null 2>&1 || true

# The tests start a PostgreSQL of their own. Elsewhere than on Debian as root, install it, or they skip what needs it.
server:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo 'Installing PostgreSQL for its tests' && \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
		postgresql >/dev/null; } || echo 'Without PostgreSQL: its tests are skipped'

# Likewise a browser that looks at the pages: without windows of its own each tab takes a third of the time.
# Where only the whole Chromium is to be had, that one looks.
browser:
	@command -v chromium-headless-shell >/dev/null || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo 'Installing Chromium for the tests of the pages' && \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
		chromium-headless-shell >/dev/null; } || command -v chromium >/dev/null || \
		echo 'Without Chromium: its tests are skipped'

screenshots: $(VENV)/development.stamp  ## pictures of all pages on the example data, into screenshots/
	$(BIN)/python -m tests.browser.pictures screenshots

bench: $(VENV)/development.stamp  ## the budgets beside their baselines, in one run
	$(BIN)/python -m tests.bench

evaluate: $(VENV)/development.stamp  ## load, fairness, the job café and the reading, beside their targets
	$(BIN)/python -m tests.evaluate

prove: coverage server browser  ## every state of every page, the service on PostgreSQL alone, thousands of cases and walks, mutants of the ranking; takes long
	@echo 'Every state of every page'
	$(TESTS) -q tests/browser/prove_pages.py
	@echo 'Every page of everybody, and every link'
	HYPOTHESIS_PROFILE=prove $(TESTS) -q tests/api/pages/test_weight.py tests/api/pages/test_links.py
	@echo 'All tests of the service on PostgreSQL alone'
	FRIKORTMATCH_TESTS_ON=postgresql $(TESTS) -q tests/api
	@echo 'Mutants of the ranking'
	$(BIN)/python -m tests.prove
	@echo 'Thousands of cases and walks'
	HYPOTHESIS_PROFILE=prove $(TESTS) tests/geo tests/matching
	HYPOTHESIS_PROFILE=prove $(TESTS) -m hypothesis tests/api

coverage: $(VENV)/development.stamp  ## the branches of matching that its tests take
	$(TESTS) -q tests/matching --cov --cov-report=term-missing --cov-report=json:.coverage.json
	$(BIN)/python -m tests.prove.branches .coverage.json

lint: $(VENV)/development.stamp  ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/development.stamp  ## mypy --strict
	$(BIN)/mypy

serve: $(VENV)/run.stamp  ## the service on the database of FRIKORTMATCH_DB
	$(BIN)/frikortmatch serve --port $(PORT)

seed: $(VENV)/run.stamp  ## example data into the database of FRIKORTMATCH_DB, logins.json beside it
	$(BIN)/frikortmatch seed --seed 7 --logins logins.json

translations: $(VENV)/development.stamp  ## read new messages out of the code and compile the catalogues
	$(BIN)/pybabel -q extract -F babel.cfg $(KEYWORDS) --sort-output -o $(VENV)/matching.pot geo matching
	$(BIN)/pybabel -q extract -F babel.cfg $(KEYWORDS) --sort-output -o $(VENV)/api.pot api
	for p in matching api; do \
		$(BIN)/pybabel -q update -D messages -l da --no-fuzzy-matching --no-wrap --ignore-pot-creation-date \
			--ignore-obsolete -i $(VENV)/$$p.pot -d $$p/translations; \
		$(BIN)/pybabel -q compile -D messages -d $$p/translations; \
		$(BIN)/pybabel -q compile -D labels -d $$p/translations; \
	done

notebooks: $(VENV)/run.stamp  ## the notebooks in JupyterLab
	@$(INSTALL) -r requirements/notebooks.txt
	$(BIN)/jupyter lab notebooks

reference: $(VENV)/development.stamp  ## REFERENCE.md from the code
	$(BIN)/frikortmatch reference > REFERENCE.md

LOCK := $(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --upgrade

lock: $(VENV)/development.stamp  ## newest versions that pyproject.toml allows, with their hashes
	$(LOCK) --extra build -o requirements/run.txt
	$(LOCK) --extra build --extra postgresql -o requirements/postgresql.txt
	$(LOCK) --extra build --extra postgresql --extra notebooks --extra dev -o requirements/development.txt
	$(LOCK) --extra build --extra notebooks --extra lab -o requirements/notebooks.txt

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo 'frikortmatch needs Python 3.11 or newer (python3 -m venv).' >&2; exit 1; }
	@echo "A virtual environment in $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo 'Installing what the product needs (about 50 packages; a minute on a usual line)'
	@$(INSTALL) -r requirements/run.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/development.stamp: requirements/development.txt pyproject.toml | $(VENV)/bin/python
	@echo 'Installing what the product and its tests need'
	@$(INSTALL) -r requirements/development.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/run.stamp

clean:  ## remove what was made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* mutants build dist *.egg-info
