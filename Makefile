# Every target sets up what it needs first. Python 3.11 or newer, with venv and pip, is enough to start.
# `make` alone says what there is. CONTRIBUTING.md has the same commands for Windows.

.DEFAULT_GOAL := help
.PHONY: help serve build publish test bench reading lighthouse check fix docs lock audit sbom clean \
	check-lint check-layout check-types check-framework check-client check-client-types

bin := .venv/bin
# Stamps say what .venv and node_modules hold: a changed lock is installed again, anything else costs nothing.
run := .venv/run.stamp
dev := .venv/dev.stamp
client := node_modules/client.stamp
lighthouse := tests/lighthouse/node_modules/lighthouse.stamp

# Versions and hashes are all in the lock; our own package comes last, and asks no index for anything.
install = $(bin)/python -m pip install --disable-pip-version-check -qq
consistent = found=$$($(bin)/python -m pip check) || { echo "$$found"; echo "make lock brings requirements/ in line with pyproject.toml."; exit 1; } >&2
has_node = node -e 'process.exit(process.versions.node.split(".")[0] < 18 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

serve: $(run) ## Show the site on this computer, and again after every change
	@$(bin)/balcony serve

build: $(run) ## Make the whole site in site/; any problem stops it
	$(bin)/balcony build --strict

publish: $(dev) ## Put this version beside the published ones (ARGS=--push: and send it)
	@$(bin)/balcony publish $(ARGS)

test: $(dev) ## Run all tests (LONG=1: more random cases; ENGINE=zensical: of its site; ARGS="-k name": only some)
	@$(bin)/python tests/browser.py
	@if $(has_node); then $(MAKE) --silent --no-print-directory $(client) || echo "The HTML is not checked."; fi
	BALCONY_LONG=$(LONG) BALCONY_ENGINE=$(ENGINE) $(bin)/python -m pytest -n 2 $(ARGS)

bench: $(dev) ## Print what a run weighs and how long things take, beside the limits (ARGS=build: only a part)
	@$(bin)/python tests/browser.py
	@$(bin)/python tests/bench.py $(ARGS)

reading: $(dev) ## Print how hard each page is to read, beside the limits (ARGS=guide/host/: only some pages)
	@$(bin)/python tests/reading_measures.py $(ARGS)

lighthouse: $(dev) ## Print what Lighthouse scores one page of each kind, beside 100 (ARGS="home quick": only some; ARGS=--help)
	@$(bin)/python tests/browser.py
	@if $(has_node); then $(MAKE) --silent --no-print-directory $(lighthouse); fi
	@$(bin)/python tests/lighthouse_bench.py $(ARGS)

check: $(dev) ## Check the framework's text and all code, without running it
	@if $(has_node); then \
	  client="check-client check-client-types"; \
	elif [ "$$CI" = true ]; then \
	  echo "The browser's code cannot be checked: Node.js 18 or newer, with npm, is missing." >&2; exit 1; \
	else \
	  echo "The browser's code is not checked (Biome, tsc): that needs Node.js 18 or newer, with npm."; \
	fi; \
	$(MAKE) --no-print-directory --keep-going check-lint check-layout check-types check-framework $$client || \
	{ echo "Layout and order of imports are mended by: make fix" >&2; exit 1; }

check-lint:
	$(bin)/ruff check --output-format concise
check-layout:
	$(bin)/ruff format --check --output-format concise
check-types:
	$(bin)/mypy
check-framework:
	$(bin)/balcony check
check-client: $(client)
	node_modules/.bin/biome check --error-on-warnings
check-client-types: $(client)
	node_modules/.bin/tsc

fix: $(dev) ## Mend what a tool can mend: layout, order of imports, schemas, examples in docs/
	$(bin)/ruff check --fix
	$(bin)/ruff format
	$(bin)/balcony schema
	$(bin)/python tests/contracts.py
	@if $(has_node); then $(MAKE) --no-print-directory fix-client; fi

.PHONY: fix-client
fix-client: $(client)
	node_modules/.bin/biome check --write

# A tool for once, beside what is installed: it reads the docstrings of modules as they are imported.
PDOC := pdoc==16.0.0
docs: $(run) ## Write the reference of all code, from its docstrings, into build/reference/ (fetches pdoc)
	@rm -rf .venv/pdoc build/reference
	@$(bin)/python -m pip install --disable-pip-version-check -qq --target .venv/pdoc '$(PDOC)' || \
	{ echo "make docs needs the network, and pypi.org cannot be reached. Nothing was written." >&2; exit 1; }
	@PYTHONPATH=.venv/pdoc $(bin)/python -W ignore -m pdoc --docformat google -o build/reference generator
	@rm -rf .venv/pdoc
	@if $(has_node); then \
	  $(MAKE) --silent --no-print-directory $(client) && \
	  node_modules/.bin/tsc --noEmit false --declaration --emitDeclarationOnly --rootDir generator/client --outDir build/reference/client; \
	else \
	  echo "That of the browser's code is not written: it needs Node.js 18 or newer, with npm."; \
	fi
	@echo build/reference/index.html

# uv is the maintainers' tool for this alone, in an environment of its own that is thrown away.
UV := uv==0.13.9
lock: $(bin)/python ## Bring requirements/ in line with pyproject.toml (UPGRADE=--upgrade: newest versions)
	@rm -rf .venv/lock && $(bin)/python -m venv .venv/lock
	@.venv/lock/bin/python -m pip install --disable-pip-version-check -qq '$(UV)'
	@compile() { \
	  echo "requirements/$$1.txt"; file=requirements/$$1.txt; shift; \
	  .venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE) --output-file $$file "$$@" pyproject.toml; \
	}; \
	compile run --group build && \
	compile dev --group build --group dev --extra zensical --constraint requirements/run.txt
	@rm -rf .venv/lock

# These two are tools for once as well. The npm packages check the browser's code and its pages, and nothing of them is in a site.
AUDIT := pip-audit==2.10.1
audit: $(bin)/python ## Ask PyPI and npm for known faults of what the locks name (needs the network)
	@rm -rf .venv/audit && $(bin)/python -m venv .venv/audit
	@.venv/audit/bin/python -m pip install --disable-pip-version-check -qq '$(AUDIT)' || \
	{ echo "make audit needs the network, and pypi.org cannot be reached. Nothing was checked." >&2; exit 1; }
	@status=0; \
	for lock in run dev; do \
	  echo "requirements/$$lock.txt"; \
	  .venv/audit/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
	    --requirement requirements/$$lock.txt || status=1; \
	done; \
	if $(has_node); then \
	  for folder in . tests/lighthouse; do \
	    echo "$$folder/package-lock.json"; npm audit --package-lock-only --prefix $$folder || status=1; \
	  done; \
	else \
	  echo "package-lock.json is not checked: that needs Node.js 18 or newer, with npm." >&2; status=1; \
	fi; \
	rm -rf .venv/audit; \
	[ $$status = 0 ] || { echo "What is above is a known fault, or a list that could not be reached: make audit needs the network." >&2; exit 1; }

SBOM := cyclonedx-bom==7.5.0
sbom: $(bin)/python ## Write what the site is made with, for those who keep an inventory (sbom.cdx.json, CycloneDX)
	@rm -rf .venv/sbom && $(bin)/python -m venv .venv/sbom
	@.venv/sbom/bin/python -m pip install --disable-pip-version-check -qq '$(SBOM)' || \
	{ echo "make sbom needs the network, and pypi.org cannot be reached. Nothing was written." >&2; exit 1; }
	@.venv/sbom/bin/python -W ignore -m cyclonedx_py requirements --output-reproducible --pyproject pyproject.toml \
	  --output-file sbom.cdx.json requirements/run.txt
	@rm -rf .venv/sbom
	@echo sbom.cdx.json

clean: ## Remove everything that make has made, .venv and node_modules too
	rm -rf .venv node_modules tests/lighthouse/node_modules site sbom.cdx.json build balcony.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache .cache
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(bin)/python:
	@for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python); do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  if $$python -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	    echo "Setting up .venv with $$($$python --version)"; \
	    exec $$python -m venv --clear .venv; \
	  fi; \
	  bare=$$python; \
	done; \
	if [ -n "$$bare" ]; then \
	  echo "$$bare is new enough, but lacks venv. On Debian and Ubuntu, apt-get install python3-venv brings it." >&2; \
	else \
	  echo "Balcony needs Python 3.11 or newer, and there is none here. Install one from https://www.python.org/downloads/, or name yours: make PYTHON=/path/to/python3" >&2; \
	fi; \
	exit 1

$(run): requirements/run.txt pyproject.toml | $(bin)/python
	@echo "Installing what the site needs (requirements/run.txt)"
	@$(install) --require-hashes -r requirements/run.txt
	@$(install) --no-deps --no-build-isolation -e .
	@$(consistent)
	@touch $@

# Has all of run.txt too, at the same versions.
$(dev): requirements/dev.txt requirements/run.txt pyproject.toml | $(bin)/python
	@echo "Installing what tests and checks need (requirements/dev.txt)"
	@$(install) --require-hashes -r requirements/dev.txt
	@$(install) --no-deps --no-build-isolation -e .
	@$(consistent)
	@touch $(run) $@

$(client): package-lock.json package.json
	@echo "Installing what checks HTML and the browser's code (package-lock.json)"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Hundreds of packages, which nothing else needs: they have a lock and a place of their own.
$(lighthouse): tests/lighthouse/package-lock.json tests/lighthouse/package.json
	@echo "Installing Lighthouse (tests/lighthouse/package-lock.json)"
	@npm ci --prefix tests/lighthouse --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
