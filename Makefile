# One short command for each routine, the same on a laptop and in CI. ARGS=... is passed on.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CONSTRAINTS := .ci/constraints.txt
HAVE_CHROMIUM = $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: appengine browser help demo test lint real bench capacity picture serve clean
.DEFAULT_GOAL := help

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/.ready: pyproject.toml $(CONSTRAINTS)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[formulas]'
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[test]'
	@touch $@

demo: $(VENV)/.ready ## everything on this machine: template, sample plan, a sync, the sheet in a browser
	@$(BIN)/semaforo demo $(ARGS)

serve: $(VENV)/.ready ## the web service
	@$(BIN)/semaforo serve $(ARGS)

browser:
	@if [ -z "$(HAVE_CHROMIUM)" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu fonts-noto-color-emoji >/dev/null; \
	  else echo "No Chromium here: the browser tests will be skipped by name (install Debian's package chromium)."; fi; fi

tests/js/node_modules: tests/js/package-lock.json
	@if command -v npm >/dev/null; then cd tests/js && npm ci --silent && touch node_modules; \
	  else echo "No npm here: the plugin's own tests will be skipped by name (install node 20)."; fi

test: $(VENV)/.ready-test tests/js/node_modules browser ## all tests
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.ready-test ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

appengine: ## build/appengine: what `gcloud app deploy` takes (the last commit, with app.yaml and cron.yaml as they stand)
	rm -rf build/appengine
	mkdir -p build/appengine
	git archive HEAD pyproject.toml README.md LICENSE sheet_templates sync webhook | tar -x -C build/appengine
	cp app.yaml cron.yaml $(CONSTRAINTS) build/appengine/
	printf '%s\n' '--constraint constraints.txt' '.[deploy,postgres]' > build/appengine/requirements.txt

real: $(VENV)/.ready-test ## real brand channels and real published KPIs through the whole route
	$(BIN)/python -m tests.real $(ARGS)

.PHONY: faults revision
faults: $(VENV)/.ready-test ## workers killed and put to sleep for a minute on each database, and a crash at every step of a sync
	$(BIN)/python -m tests.faults.campaign $(or $(ARGS),60)
	SEMAFORO_TEST_FAULTS=all $(BIN)/python -m pytest -q -s tests/faults/test_crash_sweep.py

revision: $(VENV)/.ready-test ## the next revision of the state store's tables, M="what it is about"
	$(BIN)/python -m tests.revision $(M)

.PHONY: mutants
mutants: $(VENV)/.ready-test ## the judgement broken on purpose, a line at a time: which break does no test notice?
	$(BIN)/python -m tests.mutants $(ARGS)

bench: $(VENV)/.ready-test ## speed, compared within one run
	$(BIN)/python -m pytest tests/bench -q -s $(ARGS)
	@if command -v wrk >/dev/null; then $(BIN)/python -m tests.bench.accepting; else echo "No wrk here: the webhook is not measured (install Debian's package wrk)."; fi

capacity: $(VENV)/.ready-test ## 2,000 workbooks under Google's quota, in a window that is scaled down
	$(BIN)/python -m tests.capacity $(ARGS)

picture: $(VENV)/.ready-test browser ## the README's picture, taken from the running demo
	$(BIN)/python -m tests.e2e.picture $(ARGS)

clean: ## what the other targets made
	rm -rf $(VENV) artifacts build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
