# The words of this house. `make install` brings what the others need; CI calls the same words.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed-$(shell cat requirements/dev.txt pyproject.toml | cksum | cut -d' ' -f1)

.PHONY: install demo test coverage check fix bench chaos histories browser pictures pin

install: $(STAMP) var/model/metrics.json

$(BIN)/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(STAMP): $(BIN)/uv requirements/dev.txt pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --no-build-isolation --no-deps --editable .
	rm -f .venv/.installed-*
	touch $@

demo: install
	$(BIN)/lianxin demo

# The starter model, trained beforehand so that nobody waits for it.
var/model/metrics.json: $(STAMP) $(wildcard classifier/data/*.toml classifier/data/starter/*.csv)
	$(BIN)/python -m bot.thinking --var var </dev/null >/dev/null
	touch $@

test: install
	$(BIN)/python -m tests.running

# The suite again, slower; every line and branch of the rules and of the use cases must have been run.
coverage: install
	$(BIN)/coverage erase
	$(BIN)/coverage run -m tests.running
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=100 --include='storage/domain/*,bot/services/*'

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test

fix: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

chaos: install
	$(BIN)/python -m tests.chaos $(CHAOS)

# Random histories of an appeal through the services; `make histories HISTORIES="--count 1 --first 17"` plays one again.
histories: install
	$(BIN)/python -m tests.histories $(HISTORIES)

bench: install
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.classifier
	$(BIN)/python -m tests.bench.dangers
	$(BIN)/python -m tests.bench.splitting
	$(BIN)/python -m tests.bench.novelty
	$(BIN)/python -m tests.bench.topics
	$(BIN)/python -m tests.bench.peers

# What the tests of the page need: Debian's Chromium, with Chinese letters and emoji for it. Needs root where one of them is missing.
browser:
	command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . && fc-list :lang=und-zsye 2>/dev/null | grep -q . || { \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fonts-noto-color-emoji >/dev/null; }

# The pictures in the READMEs, taken anew; look at them before they are committed.
pictures: install
	$(BIN)/python -m tests.pages.pictures

# Pin anew after a change of pyproject.toml; addresses of registries stay out of the files.
pin: $(BIN)/uv
	$(BIN)/uv pip compile pyproject.toml --extra quick --universal --generate-hashes --no-annotate --no-header --no-emit-index-url -q -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --extra quick --group dev -c requirements/run.txt --universal --generate-hashes --no-annotate --no-header --no-emit-index-url -q -o requirements/dev.txt
