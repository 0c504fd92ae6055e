# Two commands do everything: `make demo` and `make test`. Each makes its own environment in .venv.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup demo test test-long test-fast lint screenshots screenshots-readme bench messages lock clean

setup: $(VENV)/.runtime

demo: $(VENV)/.runtime
	$(BIN)/spro demo --port $(PORT) $(if $(filter 0,$(BROWSER)),--no-browser)

test: $(VENV)/.development lint
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long"

# What takes minutes: the sample region, the fuzz of the door, closings and crashes at every step, processes that come and go.
test-long: $(VENV)/.development
	$(BIN)/python -m pytest -n 2 --dist loadfile -m long

test-fast: $(VENV)/.development
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not long"

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The screenshots of every page, looked at before each change of a page is called done.
screenshots: $(VENV)/.development
	$(BIN)/python -m tests.browser.screenshots --out screenshots

# The three pictures of the README.
screenshots-readme: $(VENV)/.development
	$(BIN)/python -m tests.browser.screenshots --readme

# Speed and memory, as ratios within one run: writes docs/benchmarks.md (some minutes, 5 GB of disk).
bench: $(VENV)/.development
	$(BIN)/python -m tests.bench

# What the pages say in French, gathered for whoever translates it (docs/traduire.md).
messages: $(VENV)/.development
	$(BIN)/python -m dashboard.locales.extract

# Hashed requirements that name no registry host.
lock: $(VENV)/.development
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group build --group dev -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.txt

$(VENV)/.python:
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'Il faut Python 3.11 ou plus récent.')"
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.runtime: $(VENV)/.python requirements.txt pyproject.toml
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.development: $(VENV)/.runtime requirements-dev.txt
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) var build *.egg-info
