# What a developer does with the project; `make` alone lists it. Needs make and Python 3.11 or later.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev setup test e2e bench-import bench-pages lint lint-style lint-templates lint-types lint-django format lock
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8000
PYTEST_ARGS ?=
ECHELLE ?= 0.1
BENCH_ARGS ?=

PYTHON := .venv/bin/python
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r
TEMPLATES = $(shell find . \( -name .venv -o -name staticfiles -o -name tests \) -prune -o -name '*.html' -print)
# A key for the production checks only, long and random as they require.
RANDOM_KEY = $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))'

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: setup ## serve the site on http://127.0.0.1:$(PORT), with demonstration data when it has none
	@$(PYTHON) -m tools.serve $(PORT)

dev: setup ## the same with Django's development server: reloads itself, shows errors
	@$(PYTHON) -m tools.serve --dev $(PORT)

setup: .venv/.base-installed .env ## create .venv and .env, install what the site needs

test: .venv/.test-installed ## run the tests on SQLite and PostgreSQL; PYTEST_ARGS='tests/metiers -k x' narrows them
	@$(PYTHON) -m tools.run_tests $(PYTEST_ARGS)

e2e: .venv/.test-installed .venv/.e2e-installed ## visit every kind of page in Debian's Chromium (apt-get install chromium)
	@$(PYTHON) -m pytest tests/e2e -n auto --maxprocesses=4 -p no:cacheprovider $(PYTEST_ARGS)

bench-import: .venv/.base-installed ## time the imports against the mere parsing of their files; ECHELLE=1 is the size of France
	@$(PYTHON) -m benchmarks.imports --echelle $(ECHELLE) $(BENCH_ARGS)

bench-pages: .venv/.bench-installed ## what pages cost, beside a Datasette of the same data; ECHELLE=1 is a million sessions
	@$(PYTHON) -m benchmarks.pages --echelle $(ECHELLE) $(BENCH_ARGS)

lint: lint-style lint-templates lint-types lint-django ## check everything but behaviour (`make -k lint` goes on after a failure)

lint-style: .venv/.dev-installed
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

lint-templates: .venv/.dev-installed
	$(if $(TEMPLATES),.venv/bin/djade --target-version 5.2 --check $(TEMPLATES))

lint-types: .venv/.dev-installed
	$(PYTHON) -m mypy

# An empty database in memory: the answer depends on the code alone, and no file is made.
lint-django: export DATABASE_URL := sqlite://:memory:
lint-django: .venv/.dev-installed
	$(PYTHON) manage.py makemigrations --check --dry-run
	DEBUG=0 HTTPS=1 SECRET_KEY="$$($(RANDOM_KEY))" $(PYTHON) manage.py check --deploy --fail-level WARNING

format: .venv/.dev-installed ## put code and templates in form
	$(PYTHON) -m ruff check --fix --exit-zero
	$(PYTHON) -m ruff format
	$(if $(TEMPLATES),.venv/bin/djade --target-version 5.2 $(TEMPLATES) || true)

# Each file is held to the versions of the one before it, so that they install on top of each other.
lock: .venv/.dev-installed ## compile pyproject.toml into requirements/*.txt (LOCK_ARGS=--upgrade for newer versions)
	$(COMPILE) -o requirements/base.txt
	$(COMPILE) --extra test -c requirements/base.txt -o requirements/test.txt
	$(COMPILE) --extra test --extra e2e -c requirements/test.txt -o requirements/e2e.txt
	$(COMPILE) --extra test --extra dev -c requirements/test.txt -o requirements/dev.txt
	$(COMPILE) --extra bench -c requirements/base.txt -o requirements/bench.txt
	@if grep -nE '://|--(index-url|extra-index-url|find-links)' requirements/*.txt; then \
		echo 'requirements/*.txt may not hold an address: see the lines above' >&2; exit 1; fi

COMPILE = .venv/bin/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(LOCK_ARGS)

# A name on the PATH is not a Python that works (pyenv leaves names behind; Debian packages ensurepip apart),
# so each is tried. The target is a link: when the Python behind it is gone, make builds .venv again.
$(PYTHON):
	@for name in python3.13 python3.12 python3.11 python3; do \
		if $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Création de .venv avec $$name…"; exec $$name -m venv --clear .venv; \
		fi; \
	done; \
	echo 'Python 3.11 ou plus récent est introuvable (sous Debian : apt-get install python3-venv).' >&2; exit 1

# One mark per lock file: nothing is installed again until the file changes.
.venv/.%-installed: requirements/%.txt | $(PYTHON)
	@echo "Installation de $<…"
	@$(INSTALL) $<
	@touch $@

.env: | $(PYTHON)
	@umask 077; key="$$($(RANDOM_KEY))" && printf 'SECRET_KEY=%s\n' "$$key" > $@
	@echo 'Une clé secrète a été écrite dans .env.'
