# Everything here works on a fresh machine with Python 3.11 or newer. `make` alone says what there is.
FOUND := $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
PYTHON ?= $(FOUND)
VENV := .venv/bin/python
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
.DEFAULT_GOAL := help
.PHONY: help run test check fmt stop reset bench drill-saves drill-browser drill-ratings drill-tamper drill-files drill-reminders limits assets lock python environment test-environment browser

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

run: environment ## everything on this machine, until Ctrl-C: PostgreSQL, broker, web, worker, beat, demo data
	@$(VENV) -m config.local assets
	@$(VENV) -m config.local run

stop: python ## stop what make run started
	@$(PYTHON) -m config.local stop

reset: python ## stop, and remove the database, the stored files and the logs of this machine
	@$(PYTHON) -m config.local reset

test: test-environment browser ## the whole suite, browser tests included
	@$(VENV) -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --max-worker-restart=2

check: test-environment ## style, types, order of imports, migrations, templates, limits
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	.venv/bin/lint-imports --no-cache
	DJANGO_ENV=test $(VENV) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	.venv/bin/djlint templates --lint --quiet
	$(VENV) -m tests.limits

fmt: test-environment ## put the code into the one style
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .

drill-browser: test-environment browser ## Chromium killed, unplugged and signed out while somebody writes; about 15 minutes
	@$(VENV) -m pytest -q -s --timeout=0 tests/drills/test_browser_drill.py

limits: python ## the figures of size and shape, and whether they are within their limits
	@$(PYTHON) -m tests.limits

bench: test-environment ## one table of ratios
	@$(VENV) -m benchmarks

drill-ratings: test-environment ## ratings computed twice, in two ways, for 100,000 generated inspections: minutes
	@$(VENV) -m pytest -q -s --timeout=0 tests/drills/test_ratings_drill.py tests/drills/test_rating_races_drill.py

drill-tamper: test-environment ## 1,000 changes behind the back of the product, each of which verify has to find: minutes
	@$(VENV) -m pytest -q -s --timeout=0 tests/drills/test_tamper_drill.py

drill-files: test-environment ## hostile and honest files over HTTP, and what becomes of each: minutes (docs/documents.md)
	@$(VENV) -m pytest -q -s --timeout=0 tests/drills/test_files_drill.py

drill-reminders: test-environment ## reminders and releases over both clock changes, with workers killed: minutes
	@$(VENV) -m pytest -q -s --timeout=0 tests/drills/test_reminders_drill.py

drill-saves: test-environment ## kill -9 of every part under load, races with and without their guards: minutes (docs/drills.md)
	@$(VENV) -m pytest -q -s --timeout=0 tests/drills/test_races_drill.py tests/drills/test_timetable_races_drill.py tests/drills/test_sample_races_drill.py tests/drills/test_histories_drill.py tests/drills/test_saves_drill.py

assets: environment ## compile the style sheets and scripts
	@$(VENV) -m config.local assets

lock: ## write the locks again from pyproject.toml and package.json (needs uv and npm)
	$(COMPILE) pyproject.toml -o requirements/runtime.lock
	$(COMPILE) --extra local pyproject.toml -o requirements/local.lock
	$(COMPILE) --extra local --extra test pyproject.toml -o requirements/test.lock
	$(COMPILE) --group pyproject.toml:node -o requirements/node.lock
	npm install --package-lock-only

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found on PATH: install one, or say where it is with PYTHON=…"; exit 1; }

environment: python
	@$(PYTHON) -m config.local environment

test-environment: python
	@$(PYTHON) -m config.local test-environment
	@$(VENV) -m config.local assets

browser: test-environment
	@$(VENV) -m config.local browser
